import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright';

/** More stops than any screen has before the one that is looked for. */
const MOST_STOPS = 80;

interface FocusSeen {
  readonly name: string;
  readonly fault: string | null;
}

/** Where the keys go now, and what is wrong with how it is shown: nobody works by keys who does not see where they go (WCAG 2.2, 2.4.7 and 2.4.11). */
async function seeFocus(page: Page): Promise<FocusSeen> {
  return await page.evaluate<FocusSeen>(`(() => {
    const element = document.activeElement;
    const name = element === null ? 'nothing' : (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60) || element.tagName;
    if (element === null || element === document.body) return { name, fault: 'nothing has the focus' };
    const box = element.getBoundingClientRect();
    const isInView = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    // A table shows the focus on its active row.
    const shown = [element, ...element.querySelectorAll('.active')].map((one) => getComputedStyle(one));
    const isOutlined = shown.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    return { name, fault: !isInView ? 'the focus is out of view' : isOutlined ? null : 'the focus has no outline' };
  })()`);
}

/** Tab, until the focus is where it is wanted; at each stop on the way the focus is to be seen. Returns the number of stops. */
export async function tabTo(page: Page, wanted: Locator): Promise<number> {
  await wanted.waitFor();
  const way: string[] = [];
  for (let stops = 1; stops <= MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const { name, fault } = await seeFocus(page);
    way.push(name);
    // After the last control the keys are with the window's own frame for one stop.
    if (fault !== 'nothing has the focus') assert.equal(fault, null, `at “${name}”, after ${way.join(' › ')}`);
    if (await wanted.evaluate((element) => element === document.activeElement)) return stops;
  }
  throw new Error(`Tab never came to it: ${way.join(' › ')}`);
}

/** The focus is on it, and is to be seen there. */
export async function assertFocus(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  await page.waitForFunction((element) => element === document.activeElement, await wanted.elementHandle());
  assert.equal((await seeFocus(page)).fault, null);
}

/** Lets every event of a pointer count from now on. A button that is pressed by a key sends a click, too, but no pointer. */
export async function watchPointer(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`window.pointerEvents = 0;
    for (const type of ['pointerdown', 'pointermove', 'mousedown', 'wheel', 'touchstart'])
      addEventListener(type, () => { window.pointerEvents += 1; }, { capture: true });`);
  return async () => await page.evaluate<number>('window.pointerEvents');
}
