import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { deviceErrors } from '../../contract/error-code/device.ts';
import { policyErrors } from '../../contract/error-code/policy.ts';
import { updateErrors } from '../../contract/error-code/update.ts';
import { JobState, type UpdateJobView } from '../../contract/schema/update-job.ts';
import { accept } from '../../contract/result.ts';
import { findBoxes, findCutWords, findHiddenHeight, openBench, tellJobs } from './support/bench-page.ts';
import { launchChromium } from './support/chromium.ts';
import { orderAt } from './support/sample-bench.ts';
import { loggedInView } from './support/sample-views.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const codes = [...Object.keys(updateErrors), ...Object.keys(deviceErrors), ...Object.keys(policyErrors)];
const trainingAnswers = { 'training.units': () => accept({ units: [], faults: [] }) };
const { station } = loggedInView;
const inTraining = {
  ...loggedInView,
  station: station && { ...station, training: true },
  training: { password: 'a password', operators: [] },
};

for (const language of ['en-GB', 'de-DE'] as const) {
  test(`REQ-OTA-UI-01 with standing orders eight cards of a training stand whole and need no scrolling on a screen of 1920 × 1080 (${language})`, async () => {
    const opened = await openBench(browser, { ports: 8, language, view: inTraining, answers: trainingAnswers });
    const { page, bridge, close } = opened;
    // What the system leaves a maximised window.
    await page.setViewportSize({ width: 1920, height: 1000 });
    await bridge.tell(page, { type: 'order.written', order: orderAt(8) });
    await page.locator('[data-position] .order p').nth(7).waitFor();
    const boxes = await findBoxes(page);
    assert.equal(new Set(boxes.map((box) => box.split(' ')[1])).size, 2);
    const jobs: Partial<UpdateJobView>[] = [
      ...JobState.options.map((state) => ({ state, endedAt: null })),
      ...codes.map((code) => ({ state: 'failed', code }) as const),
    ];
    for (let first = 0; first < jobs.length; first += 8) {
      await tellJobs(opened, jobs.slice(first, first + 8));
      assert.deepEqual(await findCutWords(page), []);
      assert.deepEqual(await findBoxes(page), boxes);
      assert.equal(await findHiddenHeight(page), 0);
    }
    await close();
  });
}
