import type { Page } from 'playwright';
import { shiftClock, type ClockShift } from './shift-clock.ts';

/** Where the clocks of an open program were moved to; the page reads the same wall clock as the program, also after a reload. */
export class MovedClock {
  #shift: ClockShift = { wallMs: 0, monotonicMs: 0 };

  async move(by: Partial<ClockShift>, page: Page, inProgram: (shift: ClockShift) => Promise<unknown>): Promise<void> {
    const { wallMs, monotonicMs } = this.#shift;
    this.#shift = { wallMs: wallMs + (by.wallMs ?? 0), monotonicMs: monotonicMs + (by.monotonicMs ?? 0) };
    await inProgram(this.#shift);
    // A page paints by its own monotonic clock.
    const inPage = { ...this.#shift, monotonicMs: 0 };
    await page.addInitScript(shiftClock, inPage);
    await page.evaluate(shiftClock, inPage);
  }
}
