import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { takeLooks } from './support/looks.ts';
import {
  goTo,
  installRequest,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  trainingPassword as password,
  type TrainingProgram,
} from './support/training-window.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const hoursValid = 8;

/** The good bundle is approved for all units, for eight hours. */
before(() =>
  prepareTraining(async ({ ask, bundleFile }) => {
    const logInAs = async (username: string) => (await ask('session.login', { username, password }, null)).token;
    const ada = await logInAs('ada');
    const { document } = await ask('policy.show', { product: '*' }, ada);
    const approvals = { ...document.approvals, validForHours: hoursValid };
    const text = JSON.stringify({ ...document, approvals });
    const { digest } = await ask('policy.check-draft', { text }, ada);
    await ask('policy.install-draft', { text, digest, password, reason: 'A day’s work' }, ada);
    const { bundle } = await ask('bundle.import', { path: bundleFile('1 pump 2.4.0.zip') }, await logInAs('tom'));
    const request = installRequest(bundle.digest, { serials: '*', workOrder: null });
    await ask('approval.sign', { request, password }, await logInAs('ines'));
  }),
);

function cardAt(page: Page, port: string): Locator {
  return page.locator(`li[data-position="${port}"]`);
}

async function waitFor(page: Page, port: string, text: string | RegExp): Promise<void> {
  await cardAt(page, port).filter({ hasText: text }).waitFor();
}

/** A person comes back to the window shortly before an approval ends, and touches nothing from then on. */
async function comeBackBefore(program: TrainingProgram, { expiresAt }: { readonly expiresAt: string }): Promise<void> {
  const nowMs = await program.page.evaluate(() => Date.now());
  await program.moveClock({ wallMs: Date.parse(expiresAt) - nowMs - 3000 });
  await program.page.evaluate(() => window.dispatchEvent(new Event('focus')));
}

test('REQ-OTA-POL-02 REQ-OTA-POL-03 REQ-OTA-SIG-06 approvals end by time: nothing starts under them, each place says so, and a clock that leaps is not believed', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  const everyJob = { serial: null, before: null, limit: 9 };
  await program.moveClock({ wallMs: hoursValid * HOUR_MS - 5 * MINUTE_MS });
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  await page.getByLabel('Work order').fill('WO-1');
  for (const port of ['1-1', '1-2']) await waitFor(page, port, /Ready.*Start update/);
  const before = await ok(page, 'device.read', { position: '1-1' });

  // The approval ends while the card still shows it: the start is refused as an attempt, and the unit is as it was.
  await program.moveClock({ wallMs: 10 * MINUTE_MS });
  await cardAt(page, '1-1').getByRole('button', { name: 'Start update' }).press('Enter');
  await waitFor(page, '1-1', /Refused.*Nothing was written.*Ask somebody who may approve.*Show the job/);
  await waitFor(page, '1-2', /Approval ended.*0 of 1 approvals: one that was given has ended.*Show the unit/);
  assert.equal(await page.getByRole('button', { name: /^Start update/ }).count(), 0);
  const jobs = await ok(page, 'update.list', { ...everyJob, openOnly: false });
  assert.deepEqual(
    jobs.map(({ state, code, position }) => [state, code, position]),
    [['refused', 'policy.approvals-missing', '1-1']],
  );
  assert.match(jobs[0]?.reason ?? '', /The approval by Ines Kaya expired on/);
  assert.deepEqual(await ok(page, 'device.read', { position: '1-1' }), before);
  await takeLooks(page, 'approval-ended-bench');

  await logIn(program, 'ines');
  await goTo(program, 'approvals');
  await page.getByText('0 of 1 approvals: yours is needed').waitFor();
  await page.getByText('Ended', { exact: true }).waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await page.getByText('An approval that was given has ended').waitFor();
  await takeLooks(page, 'approval-ended');
  const { bundleDigest } = jobs[0] ?? assert.fail();
  const request = installRequest(bundleDigest, { serials: '*', workOrder: null });
  const anew = await ok(page, 'approval.sign', { request, password });

  // Signed anew, both can be started, until it ends again: this time nobody touches anything.
  await program.moveClock({ wallMs: hoursValid * HOUR_MS - 2 * MINUTE_MS });
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  for (const port of ['1-1', '1-2']) await waitFor(page, port, /Ready.*Start update/);
  await comeBackBefore(program, anew);
  await waitFor(page, '1-2', 'Approval ended');

  // The place of the approvals looks again by itself as well.
  await logIn(program, 'ines');
  const last = await ok(page, 'approval.sign', { request, password });
  await program.moveClock({ wallMs: hoursValid * HOUR_MS - 2 * MINUTE_MS });
  await logIn(program, 'ines');
  await goTo(program, 'approvals', bundleDigest);
  await page.getByText('Approvals complete').waitFor();
  await comeBackBefore(program, last);
  await page.getByText('An approval that was given has ended').waitFor();

  // Three days in one step: nothing that hangs on time is said before an administrator has vouched for the clock.
  await program.moveClock({ wallMs: 72 * HOUR_MS });
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  await page.getByText('The clock jumped ahead by more than a day').waitFor();
  await waitFor(page, '1-2', /Cannot be judged.*does not say what may be installed here/);
  await page.getByText('Clock not trusted').waitFor();
  await takeLooks(page, 'clock-leaped-bench');
  await logIn(program, 'ada');
  await goTo(program, 'trust');
  await page.getByRole('button', { name: 'Vouch for the clock' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why the clock is right').fill('Nobody was here over the weekend');
  await dialog.locator('input[data-secret]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('Clock trusted').waitFor();
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  await waitFor(page, '1-2', 'Approval ended');
});
