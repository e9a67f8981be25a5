import type { Browser, Page } from 'playwright';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { WindowState } from '../../../contract/window/window-operations.ts';
import type { Answers } from './fake-bridge.ts';
import { benchAnswers, jobAt, unitAt } from './sample-bench.ts';
import { loggedInView } from './sample-views.ts';
import { openWindow, type OpenWindow } from './window-page.ts';

export interface BenchPage {
  readonly ports: number;
  readonly language: 'en-GB' | 'de-DE';
  readonly view?: WindowState;
  /** What the station answers beside the bench itself. */
  readonly answers?: Answers;
  /** Every two units have one serial number. */
  readonly areTwins?: boolean;
}

/** A bench with a unit at each of so many ports. */
export async function openBench(
  browser: Browser,
  { ports, language, view = loggedInView, answers = {}, areTwins = false }: BenchPage,
): Promise<OpenWindow> {
  const opened = await openWindow(browser, view, { ...benchAnswers, ...answers }, { language });
  for (let port = 1; port <= ports; port += 1)
    await opened.bridge.tell(opened.page, {
      type: 'device.arrived',
      unit: { ...unitAt(port), ...(areTwins ? { serial: twinAt(port) } : {}) },
    });
  await opened.page
    .locator('[data-position]')
    .nth(ports - 1)
    .waitFor();
  return opened;
}

/** The serial number of a unit and of its twin at the next port. */
export const twinAt = (port: number): string => `PUMP-${2000 + Math.ceil(port / 2)}`;

/** Makes one job of each port what it says. */
export async function tellJobs({ bridge, page }: OpenWindow, jobs: readonly Partial<UpdateJobView>[]): Promise<void> {
  for (const [index, job] of jobs.entries())
    await bridge.tell(page, { type: 'job.written', job: jobAt(index + 1, job) });
}

/** Cards with words that are cut, by what stands on them. */
export async function findCutWords(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll('[data-position] :is(.happening, .order)')]
    .filter((room) => [room, ...room.querySelectorAll('*')]
      .some((part) => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY !== 'visible'))
    .map((room) => room.innerText)`);
}

/** Where each card stands, wherever the surface is scrolled to. */
export async function findBoxes(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll('[data-position]')].map((card) => {
    const { left, top, width, height } = card.getBoundingClientRect();
    return [left, top + card.closest('.surface').scrollTop, width, height].join(' ');
  })`);
}

/** How many pixels of the screen can be seen only by scrolling. */
export function findHiddenHeight(page: Page): Promise<number> {
  return page.locator('.surface').evaluate((surface) => surface.scrollHeight - surface.clientHeight);
}
