import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { deviceErrors } from '../../contract/error-code/device.ts';
import { policyErrors } from '../../contract/error-code/policy.ts';
import { updateErrors } from '../../contract/error-code/update.ts';
import { JobState } from '../../contract/schema/update-job.ts';
import { findBoxes, findCutWords, findHiddenHeight, openBench, tellJobs, twinAt } from './support/bench-page.ts';
import { launchChromium } from './support/chromium.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const codes = [...Object.keys(updateErrors), ...Object.keys(deviceErrors), ...Object.keys(policyErrors)];
const over: readonly JobState[] = ['confirmed', 'reverted', 'refused', 'failed', 'cancelled', 'abandoned'];
/** A maximised window, one on a notebook, and the least. */
const sizes = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
];

for (const language of ['en-GB', 'de-DE'] as const) {
  test(`REQ-OTA-UI-01 what happened to a unit and what to do stands whole on its card, whatever happened, and no card moves (${language})`, async () => {
    assert.ok(codes.length > 120, String(codes.length));
    for (const ports of [8, 16]) {
      const opened = await openBench(browser, { ports, language });
      const { page, close } = opened;
      for (const size of sizes) {
        await page.setViewportSize(size);
        const boxes = await findBoxes(page);
        for (let first = 0; first < codes.length; first += ports) {
          const ends = codes.slice(first, first + ports).map((code) => ({ state: 'failed', code }) as const);
          await tellJobs(opened, ends);
          assert.deepEqual(await findCutWords(page), [], `${ports} cards at ${size.width}`);
          assert.deepEqual(await findBoxes(page), boxes, `${ports} cards at ${size.width}`);
        }
      }
      await close();
    }
  });

  test(`REQ-OTA-UI-01 two marks take nothing away from what happened and what to do (${language})`, async () => {
    for (const ports of [8, 16]) {
      const opened = await openBench(browser, { ports, language, areTwins: true });
      const { page, close } = opened;
      for (const size of sizes) {
        await page.setViewportSize(size);
        for (let first = 0; first < codes.length; first += ports) {
          const some = codes.slice(first, first + ports);
          for (const kind of ['downgrade', 'recovery'] as const) {
            await tellJobs(
              opened,
              some.map((code, at) => ({ state: 'failed', kind, code, serial: twinAt(at + 1) })),
            );
            assert.deepEqual(await findCutWords(page), [], `${ports} cards at ${size.width}`);
          }
        }
      }
      await page.locator('.happening li + li').first().waitFor();
      await close();
    }
  });

  test(`REQ-OTA-UI-01 eight cards with jobs in any state stand in two rows and need no scrolling on a screen of 1920 × 1080 (${language})`, async () => {
    const opened = await openBench(browser, { ports: 8, language });
    const { page, close } = opened;
    // What the system leaves a maximised window.
    await page.setViewportSize({ width: 1920, height: 1000 });
    const boxes = await findBoxes(page);
    for (const some of [JobState.options.slice(0, 8), JobState.options.slice(8)]) {
      await tellJobs(
        opened,
        some.map((state) => ({ state, ...(over.includes(state) ? {} : { endedAt: null }) })),
      );
      assert.deepEqual(await findBoxes(page), boxes);
      assert.deepEqual(await findCutWords(page), []);
      assert.equal(new Set(boxes.map((box) => box.split(' ')[1])).size, 2);
      assert.equal(await findHiddenHeight(page), 0);
    }
    await close();
  });

  test(`the end of a job is told to those who do not see its card (${language})`, async () => {
    const opened = await openBench(browser, { ports: 2, language });
    await tellJobs(opened, [{ state: 'staging', endedAt: null }]);
    await opened.page.locator('[data-position] [data-next]').first().waitFor();
    await tellJobs(opened, [{}]);
    const told = { 'en-GB': 'PUMP-2001 at Port 1-1: Confirmed', 'de-DE': 'PUMP-2001 an Anschluss 1-1: Bestätigt' };
    await opened.page.locator('[aria-live]').getByText(told[language], { exact: true }).waitFor();
    await opened.close();
  });
}
