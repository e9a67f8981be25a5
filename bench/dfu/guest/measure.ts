/** The bench's work in the guest: station and dfu-util take turns at the same units, on the guest's own USB stack. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { usb } from 'usb';
import type { UsbBackend, UsbDeviceHandle } from '../../../core/device/usb-backend.ts';
import { systemClock } from '../../../core/system-clock.ts';
import { dfuUtil, unitAt } from '../../../test/hil/guest/dfu-util.ts';
import { eventually } from '../../../test/hil/guest/eventually.ts';
import { STAGING } from '../bench-units.ts';
import { makeImage, type Cell } from '../cell.ts';
import { MEASUREMENTS_FILE, ORDER_FILE, type GuestBenchOrder } from '../guest-exchange.ts';
import { measureInTurn, measureTogether, type HostTime } from '../measurement.ts';
import { downloadByStation } from '../station-download.ts';
import type { SeenDownload } from '../timed-device.ts';
import type { UnitsAnswer, UnitsRequest } from './served-units.ts';

const RESULTS = '/results';
const IMAGE_FILE = '/tmp/image.bin';
const VENDOR_ID = 0x1209;

const backend: UsbBackend = usb;
const units = fork(fileURLToPath(new URL('served-units.ts', import.meta.url)), { stdio: 'inherit' });

// The host wrote this file a moment ago.
const { cells, rounds } = JSON.parse(readFileSync(join(RESULTS, ORDER_FILE), 'utf8')) as GuestBenchOrder;
for (const cell of cells) await measureCell(cell);
units.disconnect();

/** Round 0 warms up. What is known is written down at once: a run that is stopped has measured its cells so far. */
async function measureCell(cell: Cell): Promise<void> {
  const image = makeImage(cell.imageBytes);
  writeFileSync(IMAGE_FILE, image);
  const startMs = performance.now();
  await ask({ kind: 'open', cell });
  const handles = await findUnits(cell.units);
  const station: HostTime[] = [];
  const tool: HostTime[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await Promise.all(handles.map((device) => downloadByStation(device, image, systemClock)));
    const byStation = measureTogether(cell, await ask({ kind: 'take' }));
    for (let unit = 1; unit <= cell.units; unit += 1) await downloadByDfuUtil(`1-${unit}`);
    const byTool = measureInTurn(cell, await ask({ kind: 'take' }));
    if (round === 0) continue;
    station.push(byStation);
    tool.push(byTool);
  }
  await ask({ kind: 'close' });
  await findUnits(0);
  appendFileSync(join(RESULTS, MEASUREMENTS_FILE), `${JSON.stringify({ cell, station, dfuUtil: tool })}\n`);
  console.log(`${JSON.stringify(cell)} in ${((performance.now() - startMs) / 1000).toFixed(0)} s`);
}

async function findUnits(count: number): Promise<readonly UsbDeviceHandle[]> {
  let found: readonly UsbDeviceHandle[] = [];
  await eventually(async () => {
    found = (await backend.getDevices()).filter(({ vendorId }) => vendorId === VENDOR_ID);
    return found.length === count;
  }, `${count} units on the bus`);
  return found;
}

async function downloadByDfuUtil(position: string): Promise<void> {
  const { code, text } = await dfuUtil(...unitAt(position), '--alt', STAGING, '--download', IMAGE_FILE);
  if (code !== 0) throw new Error(`dfu-util ended with ${code}: ${text}`);
}

async function ask(request: UnitsRequest): Promise<readonly SeenDownload[]> {
  const answered = once(units, 'message') as Promise<[UnitsAnswer]>;
  units.send(request);
  const [answer] = await answered;
  if (!answer.ok) throw new Error(answer.reason);
  return answer.seen;
}
