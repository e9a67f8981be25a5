/**
 * `npm run test:hil`: the tests of test/hil/tests in a guest with Debian's kernel, on its real USB stack.
 *
 * `npm run test:hil -- dfu-util` runs only the files whose path holds the text. Where the guest cannot be had it says SKIPPED and
 * why, and ends with 0; it ends with 1 where a test failed, or where the guest did not come to its end.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageMissing } from './host/debian-package.ts';
import type { GuestOrder, GuestOutcome } from './host/exchange.ts';
import { makeInitrd } from './host/initrd.ts';
import { prepareKernel } from './host/kernel.ts';
import { chooseAccelerator, runMachine, type Machine } from './host/machine.ts';
import { findObstacle } from './host/prerequisites.ts';

/** An emulated guest on a busy machine needs a multiple of the minute or two that it takes otherwise. */
const LIMIT_MS = 15 * 60_000;

const wanted = process.argv.slice(2);
const results = mkdtempSync(join(tmpdir(), 'drydock-hil-results-'));
try {
  const obstacle = findObstacle();
  if (obstacle !== undefined) skip(obstacle);
  else await runInGuest(prepareMachine());
} catch (error) {
  if (!(error instanceof PackageMissing)) throw error;
  skip(error.message);
} finally {
  rmSync(results, { recursive: true, force: true });
}

/** The guest's console, but for the kernel's own lines. */
function show(line: string): void {
  const ready = /^DRYDOCK-GUEST-READY (\S+)/.exec(line);
  if (ready !== null) console.log(`The guest is up after ${ready[1] ?? ''} s.`);
  else if (!/^DRYDOCK-GUEST-|^\[ *\d+\.\d+\] /.test(line)) console.log(line);
}

function skip(reason: string): void {
  console.log(`SKIPPED the kernel bench (npm run test:hil): ${reason}.`);
}

function prepareMachine(): Machine {
  const startMs = performance.now();
  const kernel = prepareKernel();
  const machine = { kernelImage: kernel.image, initrd: makeInitrd(kernel) };
  console.log(`Kernel bench: Linux ${kernel.release}, prepared in ${seconds(startMs)}`);
  return machine;
}

async function runInGuest(machine: Machine): Promise<void> {
  const { accelerator, why } = await chooseAccelerator(machine);
  const order: GuestOrder = { wanted };
  writeFileSync(join(results, 'order.json'), JSON.stringify(order));
  const startMs = performance.now();
  console.log(`QEMU with ${accelerator} (${why})`);
  const run = await runMachine(machine, accelerator, { resultFolder: results, limitMs: LIMIT_MS, onLine: show });
  console.log(`The guest ran ${seconds(startMs)}.`);
  const outcome = readOutcome();
  if (outcome === undefined || run.timedOut) {
    const end = run.timedOut ? `was stopped after ${LIMIT_MS / 60_000} minutes` : 'ended without a result';
    console.log(`The guest ${end}. The end of its console:\n${run.console.slice(-4000)}`);
    console.log('0 passed, 1 failed, 0 skipped');
    process.exitCode = 1;
    return;
  }
  // A run without a test has proven nothing.
  const failed = outcome.failed + (outcome.passed + outcome.failed + outcome.skipped === 0 ? 1 : 0);
  console.log(`${outcome.passed} passed, ${failed} failed, ${outcome.skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function readOutcome(): GuestOutcome | undefined {
  const path = join(results, 'outcome.json');
  if (!existsSync(path)) return undefined;
  try {
    // Our own guest's file; one that was killed while it wrote leaves a part of it.
    return JSON.parse(readFileSync(path, 'utf8')) as GuestOutcome;
  } catch {
    return undefined;
  }
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
