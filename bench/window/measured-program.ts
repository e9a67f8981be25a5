import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import type { WindowOptions } from '../../test/e2e/open-program.ts';
import { StandInWindow } from '../../test/e2e/stand-in-window.ts';
import type { Look } from './tell-measures.ts';

const MIB = 1 << 20;

export interface MeasuredProgram {
  readonly page: Page;
  readonly program: StandInWindow;
  /** What was seen of the main process from this moment on. */
  readonly looksSince: (at: number) => readonly Look[];
}

/** The program on the stand-in, with a look at its main process four times a second. */
export async function openMeasured(options: WindowOptions): Promise<MeasuredProgram> {
  const file = join(options.folder, `measures-${Date.now()}`);
  process.env['BENCH_MEASURES'] = file;
  process.env['NODE_OPTIONS'] = `--import=${pathToFileURL(join(import.meta.dirname, 'tell-measures.ts')).href}`;
  const program = await StandInWindow.open(options).finally(() => {
    delete process.env['NODE_OPTIONS'];
    delete process.env['BENCH_MEASURES'];
  });
  const looks = (): readonly Look[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Look);
  return { page: program.page, program, looksSince: (at) => looks().filter((look) => look.at > at) };
}

/** What the page's JavaScript holds once garbage was collected, MiB. */
export async function pageHeapMib(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize / MIB;
}

/** Resident size of the main process at the end, MiB. */
export function rssMib(looks: readonly Look[]): number {
  return (looks.at(-1)?.rss ?? Number.NaN) / MIB;
}

/** Milliseconds between the frames while an element is scrolled down for some seconds. */
export async function scrollFrames(page: Page, selector: string): Promise<readonly number[]> {
  return await page.evaluate<number[]>(`new Promise((done) => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const frames = [];
    let last;
    const end = performance.now() + 5000;
    const step = (now) => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      element.scrollTop += 60;
      if (performance.now() < end) requestAnimationFrame(step);
      else done(frames);
    };
    requestAnimationFrame(step);
  })`);
}
