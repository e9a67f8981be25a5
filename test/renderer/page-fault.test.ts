import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { accept } from '../../contract/result.ts';
import { launchChromium } from './support/chromium.ts';
import { loggedInView, trust } from './support/sample-views.ts';
import { openWindow, takePicture } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

test('an error while the window draws is said, and F5 opens it anew', async () => {
  let isSound = true;
  const { page, complaints, close } = await openWindow(browser, loggedInView, {
    // No answer of the contract: the shell's own check is out of the way here.
    'trust.show': () => accept(isSound ? trust : ({ ...trust, pinnedAnchors: 7 } as never)),
  });
  isSound = false;
  await page.keyboard.press('Control+9');
  await page.getByRole('heading', { level: 1, name: 'An error occurred in this window' }).waitFor();
  await page.getByText('Updates go on. Reload the window').waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.ok(complaints.length > 0);
  await takePicture(page, 'page-fault');
  isSound = true;
  await page.keyboard.press('F5');
  await page.getByRole('heading', { level: 1, name: 'Trust' }).waitFor();
  await close();
});

test('an error after a key or an answer is said as well; what the browser says of itself is none', async () => {
  for (const [script, isFault] of [
    ['setTimeout(() => { throw new Error("planted") })', true],
    ['void Promise.reject(new Error("planted"))', true],
    [
      'dispatchEvent(new ErrorEvent("error", { message: "ResizeObserver loop completed with undelivered notifications." }))',
      false,
    ],
  ] as const) {
    const { page, close } = await openWindow(browser, loggedInView);
    await page.evaluate(`${script};`);
    if (isFault) await page.getByRole('heading', { level: 1, name: 'An error occurred in this window' }).waitFor();
    await page.waitForTimeout(100);
    assert.equal(await page.getByText('An error occurred in this window').count(), isFault ? 1 : 0, script);
    await close();
  }
});
