import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { launchChromium } from './support/chromium.ts';
import { loggedInView, openView } from './support/sample-views.ts';
import { openWindow } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

test('every part of the window is fetched in quiet moments, before anybody goes there', async () => {
  const { page, close } = await openWindow(browser, openView);
  await page.evaluate(() => {
    performance.setResourceTimingBufferSize(1000);
  });
  const parts = readdirSync(new URL('../../out/renderer/assets', import.meta.url)).filter((name) =>
    /(?:Screen|AuditPlace)-.*\.js$/.test(name),
  );
  assert.equal(parts.length, 11);
  await page.waitForFunction(
    (names) => names.every((name) => performance.getEntriesByType('resource').some((one) => one.name.endsWith(name))),
    parts,
  );
  await close();
});

test('a part whose file is missing says so in its place, and the others stay', async () => {
  const { page, close } = await openWindow(browser, loggedInView, {}, {}, 'settings');
  const missing = '**/AboutScreen-*.js';
  await page.context().route(missing, (route) => route.abort());
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.keyboard.press('Control+0');
  await page.getByRole('heading', { level: 1, name: 'About' }).waitFor();
  await page.getByText('A part of the program is missing').waitFor();
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  assert.equal(await page.getByText('A part of the program is missing').count(), 0);
  await page.keyboard.press('Control+0');
  await page.context().unroute(missing);
  await page.keyboard.press('F5');
  await page.getByText('Key of this station').waitFor();
  await close();
});
