import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '../../core/system-clock.ts';
import { BUS_SPEEDS, type BusSpeed } from '../../simulator/bus-speed.ts';
import { serveUsbIp, type UsbIpServer } from '../../simulator/usbip/server.ts';
import { openVirtualBench, type VirtualBench } from '../../simulator/virtual-bench.ts';
import type { GlobalOptions } from '../command-run.ts';
import { makeGivenFolder } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';
import { addUnitTimeOptions, orderUnits, type UnitTimeOptions } from './served-units.ts';

/** The port that USB/IP has at the IANA. */
const USBIP_PORT = 3240;
/** As many as one virtual host controller of Linux has ports for. */
const MOST_UNITS = 15;
const UNITS_OF_A_NEW_FOLDER = 8;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface ServeOptions extends UnitTimeOptions {
  readonly units?: number;
  readonly port: number;
}

/** simulator serve: virtual units for a kernel's own USB. */
export function addSimulatorServe(simulator: Command): void {
  const serve = simulator
    .command('serve')
    .argument('<folder>', 'virtual units, as simulator create makes them; in a new or empty folder they are made')
    .description('offer virtual units by USB/IP on 127.0.0.1, so that Linux attaches them like real ones; until Ctrl-C')
    .option(
      '--units <n>',
      `how many units VU-0001, VU-0002 … there are to be, 1 to ${MOST_UNITS} (default: those in the folder, ${UNITS_OF_A_NEW_FOLDER} in a new one)`,
      readWholeNumber(1, MOST_UNITS),
    )
    .option('--port <n>', 'TCP port on 127.0.0.1; 0 takes a free one', readWholeNumber(0, 65_535), USBIP_PORT);
  addUnitTimeOptions(serve)
    .addHelpText('after', helpText)
    .action(async (folder: string, options: ServeOptions, command: Command) => {
      const bench = openBench(folder, options);
      try {
        const server = await listen(bench, options);
        try {
          tellHowToAttach(bench, server, command.optsWithGlobals<GlobalOptions>().json === true);
          await Promise.race(signals.map((signal) => once(process, signal)));
        } finally {
          await server.close();
        }
      } finally {
        await bench.close();
      }
    });
}

/** What a bench leaves in its folder; anything else in a folder without units belongs to somebody. */
const ownNames = ['bench.lock', 'kit', 'units'];

function openBench(folder: string, options: ServeOptions): VirtualBench {
  makeGivenFolder(folder);
  if (!hasUnits(folder) && readdirSync(folder).some((name) => !ownNames.includes(name))) {
    throw new UsageError(`The folder ${folder} is not empty and has no virtual units in it; give a new one.`);
  }
  const { units, bus, sharedBus = false } = options;
  const speed: BusSpeed | undefined = BUS_SPEEDS[bus];
  try {
    return openVirtualBench({
      clock: systemClock,
      folder,
      units: orderUnits(units ?? (hasUnits(folder) ? 0 : UNITS_OF_A_NEW_FOLDER), options),
      ...(speed === undefined ? {} : { busSpeed: speed }),
      busSegment: sharedBus ? 'shared' : 'own',
      leaveMs: 200,
      returnMs: 500,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The virtual units in ${folder} cannot be served: ${why}.`, { cause: error });
  }
}

function hasUnits(folder: string): boolean {
  const units = join(folder, 'units');
  return existsSync(units) && readdirSync(units).length > 0;
}

async function listen(bench: VirtualBench, { port, bus }: ServeOptions): Promise<UsbIpServer> {
  const speed: BusSpeed | undefined = BUS_SPEEDS[bus];
  try {
    return await serveUsbIp({ bus: bench.bus, port, speed: speed?.deviceSpeed ?? 'full' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError(`Port ${port} of 127.0.0.1 is taken, perhaps by usbipd; give another with --port.`, {
      cause: error,
    });
  }
}

function tellHowToAttach(bench: VirtualBench, { address, port }: UsbIpServer, wantsJson: boolean): void {
  const busIds = bench.bus.positions;
  if (wantsJson) {
    process.stdout.write(`${JSON.stringify({ address, port, busIds }, null, 2)}\n`);
    return;
  }
  const usbip = port === USBIP_PORT ? 'usbip' : `usbip --tcp-port ${port}`;
  const lines = [
    `${mark.passed()} ${busIds.length} virtual units (${busIds.join(', ')}) are served by USB/IP at ${address}:${port}, to this machine alone.`,
    '  load the driver   sudo modprobe vhci-hcd',
    ...busIds.slice(0, 1).map((busId) => `  attach one        sudo ${usbip} attach -r ${address} -b ${busId}`),
    '  A unit that resets itself leaves its port, as a real one does; attach it again. Ctrl-C ends this and keeps the units.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

const helpText = `
The units look to Linux like plugged-in devices: lsusb, dfu-util and drydock device list show them.
USB/IP has no passwords, so nothing outside of this machine can connect.

Example:
  drydock simulator serve bench --units 8
  sudo usbip attach -r 127.0.0.1 -b 1-1`;
