import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageMissing } from '../../test/hil/host/debian-package.ts';
import { makeInitrd } from '../../test/hil/host/initrd.ts';
import { prepareKernel } from '../../test/hil/host/kernel.ts';
import { chooseAccelerator, runMachine } from '../../test/hil/host/machine.ts';
import { findObstacle } from '../../test/hil/host/prerequisites.ts';
import { MEASUREMENTS_FILE, ORDER_FILE, type GuestBenchOrder } from './guest-exchange.ts';
import type { Measurement } from './measurement.ts';

/** The kernel bench's guest (test/hil/README.md) runs this in place of its tests. */
const WORK = 'bench/dfu/guest/measure.ts';

export interface GuestRun {
  /** Those of the ordered cells that were measured before the end. */
  readonly measured: readonly Measurement[];
  /** The guest, in a few words. */
  readonly machine: string;
  /** Why not all cells were measured; undefined where they were. */
  readonly shortfall: string | undefined;
}

/** Station and dfu-util in the kernel bench's guest. Returns the reason, in a sentence, where that cannot be had on this machine. */
export async function measureInGuest(order: GuestBenchOrder, limitMs: number): Promise<GuestRun | string> {
  const obstacle = findObstacle();
  if (obstacle !== undefined) return obstacle;
  const results = mkdtempSync(join(tmpdir(), 'drydock-bench-guest-'));
  try {
    const kernel = prepareKernel();
    const machine = { kernelImage: kernel.image, initrd: makeInitrd(kernel) };
    const { accelerator, why } = await chooseAccelerator(machine);
    writeFileSync(join(results, ORDER_FILE), JSON.stringify(order));
    const onLine = (line: string): void => void process.stderr.write(`guest: ${line}\n`);
    const append = `drydock.work=${WORK}`;
    const run = await runMachine(machine, accelerator, { append, resultFolder: results, limitMs, onLine });
    const measured = readMeasurements(results);
    const end = run.timedOut ? `was stopped after ${limitMs / 60_000} minutes` : 'ended early';
    const shortfall =
      measured.length === order.cells.length
        ? undefined
        : `The guest ${end}, with ${measured.length} of ${order.cells.length} cells measured.`;
    return { measured, machine: `Linux ${kernel.release} in QEMU with ${accelerator} (${why})`, shortfall };
  } catch (error) {
    if (error instanceof PackageMissing) return error.message;
    throw error;
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}

function readMeasurements(folder: string): Measurement[] {
  const path = join(folder, MEASUREMENTS_FILE);
  if (!existsSync(path)) return [];
  // Written by our own guest, whole lines at a time.
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Measurement);
}
