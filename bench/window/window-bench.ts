import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { systemClock } from '../../core/system-clock.ts';
import { openTraining } from '../../main/training/open-training.ts';
import { StandInWindow } from '../../test/e2e/stand-in-window.ts';
import { expectOk } from '../import/expect-ok.ts';
import { describeMachine } from '../import/machine.ts';
import { median } from '../median.ts';
import { fillDataFolder } from './fill-data-folder.ts';
import { openMeasured, pageHeapMib, rssMib, scrollFrames } from './measured-program.ts';
import { approveBundle, logIn, ok } from './page-call.ts';
import { weighPage } from './page-weight.ts';

const LONGEST_TASK_MS = 50;
const PLACES = 8;
const minimalMain = join(import.meta.dirname, 'minimal-main.ts');
const root = join(import.meta.dirname, '../..');
/** As it is packaged: the sources would be compiled at every start. */
const program = { program: join(root, 'out/app'), training: true, locale: 'en-GB' } as const;

/** `npm run bench -- window`: weight, start, memory, long tasks and frames of the window, each against a peer of the same run. */
export async function windowBench(args: readonly string[]): Promise<void> {
  const options = { rounds: '7', jobs: '100000', events: '1000000', only: 'start,run,contents' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, { type: 'string', default: value }] as const),
    ) as { [N in keyof typeof options]: { type: 'string'; default: string } },
  });
  await weighPage();
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-needed'], { stdio: 'ignore' });
  const folder = mkdtempSync(join(tmpdir(), 'drydock-window-bench-'));
  try {
    console.log(`${describeMachine(folder)}\n`);
    const empty = join(folder, 'empty');
    const opened = expectOk(
      await openTraining(join(empty, 'data-training'), systemClock, {
        passwordCost: { memoryKib: 8, passes: 1, lanes: 1 },
      }),
    );
    await opened.station.close();
    await opened.bench.close();
    const parts = values.only.split(',');
    if (parts.includes('start')) await measureStart(folder, empty, Number(values.rounds));
    if (parts.includes('run')) await measureRun(empty, join(folder, 'run'));
    if (!parts.includes('contents')) return;
    const full = join(folder, 'full');
    cpSync(empty, full, { recursive: true });
    const startMs = performance.now();
    fillDataFolder(join(full, 'data-training', 'station'), {
      jobs: Number(values.jobs),
      events: Number(values.events),
    });
    console.log(`filled: ${values.jobs} jobs, ${values.events} events in ${seconds(performance.now() - startMs)}`);
    await measureContents(folder, empty, full);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The least page of this shell, in a folder of its own. */
function makeMinimal(folder: string): void {
  const page = join(folder, 'page');
  mkdirSync(page, { recursive: true });
  const rows = '<p>A line of an empty page.</p>'.repeat(20_000);
  writeFileSync(join(page, 'index.html'), `<!doctype html><title>Minimal</title><h1>Ready</h1>${rows}`);
  process.env['BENCH_MINIMAL_PAGE'] = page;
}

/** From the start of the process until its first screen can be used; the two take turns, and the first pair is not counted. */
async function measureStart(folder: string, station: string, rounds: number): Promise<void> {
  const minimal = join(folder, 'minimal');
  makeMinimal(minimal);
  writeFileSync(join(minimal, 'page', 'index.html'), '<!doctype html><title>Minimal</title><h1>Ready</h1>');
  const times = { drydock: [] as number[], minimal: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const drydock = await timeStart({ folder: station, ...program }, 'Log in');
    const peer = await timeStart({ folder: minimal, main: minimalMain }, 'Ready');
    if (round === 0) continue;
    times.drydock.push(drydock);
    times.minimal.push(peer);
  }
  const [own, peer] = [median(times.drydock), median(times.minimal)];
  console.log(
    `start until log-in can be typed: ${seconds(own)}; minimal page: ${seconds(peer)}; ratio ${(own / peer).toFixed(2)}`,
  );
}

async function timeStart(options: Parameters<typeof StandInWindow.open>[0], heading: string): Promise<number> {
  const startMs = performance.now();
  const opened = await StandInWindow.open(options);
  await opened.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  const ms = performance.now() - startMs;
  await opened.kill();
  return ms;
}

/** The longest task of the page, and the longest delay of the main thread, while eight units are updated on a bench in view. */
async function measureRun(station: string, folder: string): Promise<void> {
  cpSync(station, folder, { recursive: true });
  const { page, program: opened, looksSince } = await openMeasured({ folder, ...program });
  const bundleDigest = await approveBundle(opened, folder, 'WO-1');
  await page.getByRole('heading', { name: 'PUMP-0401' }).waitFor();
  await page.evaluate(`window.longTasks = [];
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.longTasks.push(duration); }).observe({ type: 'longtask' });`);
  const startedAt = Date.now();
  const rest = { bundleDigest, kind: 'install', workOrder: 'WO-1', assetTag: null, udi: null } as const;
  const jobs = Array.from({ length: PLACES }, (_, at) =>
    ok(page, 'update.start', { position: `1-${at + 1}`, ...rest }),
  );
  for (const job of jobs) await ok(page, 'update.await', { id: (await job).id });
  const tasks = await page.evaluate<number[]>('window.longTasks');
  const late = looksSince(startedAt).map(({ lateMs }) => lateMs);
  await opened.kill();
  judge('longest task of the page, eight units', Math.max(0, ...tasks), `${tasks.length} above 50 ms`);
  judge(
    'longest delay of main, eight units',
    Math.max(0, ...late),
    `${late.filter((ms) => ms > LONGEST_TASK_MS).length} of ${late.length} looks above`,
  );
}

function judge(what: string, ms: number, more: string): void {
  const verdict = ms <= LONGEST_TASK_MS ? 'met' : 'NOT met';
  console.log(`${what}: ${ms.toFixed(0)} ms (${more}); goal ≤ ${LONGEST_TASK_MS} ms ${verdict}`);
}

/** Memory of an empty and of a full station, and the frames of its history against those of a plain long page. */
async function measureContents(folder: string, empty: string, full: string): Promise<void> {
  const seen: { rss: number; heap: number }[] = [];
  for (const station of [empty, full]) {
    const { page, program: opened, looksSince } = await openMeasured({ folder: station, ...program });
    await visit(page);
    const at = Date.now();
    await page.waitForTimeout(1500);
    seen.push({ rss: rssMib(looksSince(at)), heap: await pageHeapMib(page) });
    if (station === full) printFrames('history of the full station', await scrollFrames(page, '.table'));
    await opened.kill();
  }
  const [least, most] = seen;
  if (least === undefined || most === undefined) throw new Error('two stations were measured');
  console.log(
    `main, resident: empty ${least.rss.toFixed(0)} MiB, full ${most.rss.toFixed(0)} MiB; ratio ${(most.rss / least.rss).toFixed(2)}`,
  );
  console.log(
    `page, JS heap: empty ${least.heap.toFixed(1)} MiB, full ${most.heap.toFixed(1)} MiB; ratio ${(most.heap / least.heap).toFixed(2)}`,
  );
  const minimal = join(folder, 'minimal');
  makeMinimal(minimal);
  const plain = await StandInWindow.open({ folder: minimal, main: minimalMain });
  printFrames('a plain page of 20,000 lines', await scrollFrames(plain.page, 'html'));
  await plain.kill();
}

/** As somebody who looks into everything: the audit log, then the history, which stays in view. */
async function visit(page: Page): Promise<void> {
  await logIn(page, 'ada');
  for (const [place, heading] of [
    ['audit', 'Audit log'],
    ['history', 'History'],
  ] as const) {
    await page.evaluate(`location.hash = '#/${place}'`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.waitForTimeout(1500);
  }
}

function printFrames(what: string, frames: readonly number[]): void {
  const share = (ms: number): string =>
    `${((frames.filter((one) => one > ms).length / frames.length) * 100).toFixed(1)} %`;
  // A frame of 60 Hz is told with a tick of rounding.
  console.log(
    `frames, ${what}: ${frames.length}, ${share(17.5)} above 16.7 ms, ${share(50)} above 50 ms, median ${median(frames).toFixed(1)} ms`,
  );
}
