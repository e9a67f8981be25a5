import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { accept, type Result } from '../../contract/result.ts';
import type { JobLine, JobSearch, JobsFound } from '../../contract/schema/job-history.ts';
import { launchChromium } from './support/chromium.ts';
import { loggedInView, operator, stationKey } from './support/sample-views.ts';
import { openWindow } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

function line(serial: string): JobLine {
  return {
    id: `0b8e6f3e-6c0e-4c7e-9d52-0f6f3f0a8a${serial.slice(-2)}`,
    state: 'confirmed',
    kind: 'install',
    training: false,
    bundleDigest: stationKey,
    product: 'acme.pump',
    serial,
    workOrder: 'WO-1',
    assetTag: null,
    udi: null,
    position: '1-1',
    place: null,
    versionBefore: 3,
    versionTarget: 4,
    versionAfter: 4,
    executedBy: operator,
    createdAt: '2026-11-28T08:00:00Z',
    endedAt: '2026-11-28T08:01:00Z',
    code: null,
    reason: null,
  };
}

function found(serials: readonly string[]): Result<JobsFound> {
  return accept({ jobs: serials.map(line), total: serials.length, isTotalExact: true });
}

test('REQ-OTA-UI-01 the history is searched when a person says so, and shows the answer to the newest question alone', async () => {
  const searched: (string | null)[] = [];
  let late: ((answer: Result<JobsFound>) => void) | undefined;
  const { page, complaints, close } = await openWindow(
    browser,
    loggedInView,
    {
      'update.search': ({ text }: JobSearch) => {
        searched.push(text);
        if (text === 'PUMP-02') return found(['PUMP-02']);
        return searched.length === 1
          ? found(['PUMP-01', 'PUMP-02', 'PUMP-03'])
          : new Promise<Result<JobsFound>>((answer) => (late = answer));
      },
    },
    {},
    'history',
  );
  await page.getByText('3 updates', { exact: true }).waitFor();
  await page.getByRole('search').getByRole('textbox').first().fill('PUMP');
  assert.deepEqual(searched, [null]);
  await page.keyboard.press('Enter');
  await page.getByRole('search').getByRole('textbox').first().fill('PUMP-02');
  await page.keyboard.press('Enter');
  await page.getByText('1 update', { exact: true }).waitFor();
  assert.deepEqual(searched, [null, 'PUMP', 'PUMP-02']);
  late?.(found(['PUMP-01', 'PUMP-02', 'PUMP-03']));
  // Another question is answered after the late answer, so that it has arrived.
  await page.evaluate(`window.drydock.call('window.begin', {})`);
  assert.equal(await page.getByText('1 update', { exact: true }).count(), 1);
  assert.equal(await page.getByRole('row', { name: /PUMP-01/ }).count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});
