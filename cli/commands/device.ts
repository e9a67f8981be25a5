import type { Command } from 'commander';
import type { DeviceState } from '../../contract/schema/device.ts';
import { readPlace } from '../option-value.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { describeUnit } from '../terminal/describe-unit.ts';
import { shortDigest } from '../terminal/style.ts';
import { addDeviceUdev } from './device-udev.ts';
import { addDeviceWatch } from './device-watch.ts';

/** device list, show, watch, udev-rules. */
export function addDevice(program: Command): void {
  const device = program.command('device').description('units on the bench');

  device
    .command('list')
    .description('what is plugged in where')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const units = await run.call('device.list', {});
        run.print(units, () => (units.length === 0 ? 'Nothing is plugged in.' : units.map(describeUnit).join('\n')));
      });
    });

  device
    .command('show')
    .argument('<place>', 'where it is plugged in: a port path, or the number or name of a place', readPlace)
    .option('--enter-dfu', 'take a unit that tells nothing in operation out of it, to read its slots')
    .description('read a unit: hardware, slots, versions, self-test')
    .action(async (position: string, { enterDfu = false }: { enterDfu?: boolean }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const state = await run.call('device.read', { position, enterUpdateMode: enterDfu });
        run.print(state, () => describeState(state));
      });
    });

  addDeviceWatch(device);
  addDeviceUdev(device);
}

function describeState({ product, hardware, serial, mode, slots, boot, selfTest }: DeviceState): string {
  return [
    `${serial}  ${product}, hardware ${hardware}, in ${mode} mode`,
    ...slots.map(
      (slot) =>
        `  ${slot.logical}/${slot.id.padEnd(10)} ${slot.role.padEnd(8)} ${slot.state.padEnd(10)} ${slot.version ?? 'no image'}  counter ${String(slot.counter ?? '—')}  ${slot.hash === null ? '' : shortDigest(slot.hash)}`,
    ),
    `  swap ${boot.swap}, running image ${boot.imageOk ? 'confirmed' : 'not confirmed'}`,
    `  self-test ${selfTest.state}`,
    ...(mode === 'dfu' ? ['  It is in DFU mode: switch it off and on to bring it back into operation.'] : []),
    ...selfTest.results.map((test) => `    ${test.passed ? 'passed' : 'FAILED'}  ${test.name}  ${test.detail}`),
  ].join('\n');
}
