import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { takeLooks } from './support/looks.ts';
import {
  approvedBundle,
  goTo,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  refused,
  startJob,
  trainingPassword as password,
  typeLogIn,
} from './support/training-window.ts';

const idleMinutes = 1;
const idleMs = idleMinutes * 60_000;

before(() =>
  prepareTraining(async ({ ask }) => {
    const { token } = await ask('session.login', { username: 'ada', password }, null);
    await ask('station.set-idle-time', { idleMinutes }, token);
    const otto = (await ask('operator.list', {}, token)).find(({ username }) => username === 'otto') ?? assert.fail();
    await ask('operator.set-roles', { id: otto.id, roles: ['approver'] }, token);
  }),
);

test('REQ-OTA-OPR-01 REQ-OTA-UI-01 the window locks itself while a job runs, tells no stranger of it, and a session that ends leads back to the same place', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  /** Somebody touches a key, and then time passes; the shell uses the session in it, as it does a few times in each idle time. */
  const touchAndPass = async (ms: number): Promise<void> => {
    await page.keyboard.press('F4');
    // The shell has heard of the key when it has answered what came after it.
    await ok(page, 'session.current', {});
    for (const part of [ms / 2, ms / 2]) {
      await program.moveClock({ wallMs: part, monotonicMs: part });
      await ok(page, 'session.current', {});
    }
  };
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const main = page.locator('main');
  const digest = await approvedBundle(program);
  await goTo(program, 'bench');
  await page.getByLabel('Work order').fill('WO-1');

  // A key puts the lock off: an update takes longer than the shell waits between two looks.
  await touchAndPass(idleMs - 10_000);
  await touchAndPass(20_000);
  assert.equal((await ok(page, 'update.await', { id: (await startJob(page, '1-2', digest)).id })).state, 'confirmed');
  assert.ok(await heading('Bench').isVisible());

  // Then nobody is there, and a unit that does not come back after its reset keeps the station waiting.
  await ok(page, 'training.set-fault', { serial: 'PUMP-0401', fault: 'no-return-after-reset' });
  await touchAndPass(idleMs - 8000);
  const job = await startJob(page, '1-1', digest);
  await heading('Locked').waitFor();
  await main.getByText('Activating').waitFor();
  assert.match(await main.innerText(), /Place without a number\s+Activating\s+Do not unplug/);
  assert.doesNotMatch(await page.locator('body').innerText(), /PUMP|WO-1|2\.4\.0/);
  await refused(page, 'update.show', { id: job.id }, 'window.locked');
  await takeLooks(page, 'locked-by-time');
  await page.locator('input[data-secret]').fill(password);
  await page.keyboard.press('Enter');
  await heading('Bench').waitFor();
  assert.equal(await page.getByLabel('Work order').inputValue(), 'WO-1');
  await page.locator('li[data-position="1-1"]', { hasText: 'PUMP-0401' }).waitFor();

  // The longest time of a session: what was pressed in that moment did not happen, and the place is not blamed for it.
  await page.locator('li[data-position="1-3"] [data-next] button').focus();
  await program.moveClock({ wallMs: 12 * 3_600_000 });
  await page.keyboard.press('Enter');
  await page.getByText('The session has ended').waitFor();
  await takeLooks(page, 'session-ended');
  await typeLogIn(program, 'tom');
  await heading('Bench').waitFor();
  assert.equal(await page.getByLabel('Work order').inputValue(), 'WO-1');
  await page.locator('li[data-position="1-3"]', { hasText: /Ready.*Start update/ }).waitFor();
  assert.equal(await page.locator('li[data-position]').getByRole('alert').count(), 0);
  assert.deepEqual(
    (await ok(page, 'update.list', { serial: null, openOnly: false, before: null, limit: 9 })).map(
      ({ position }) => position,
    ),
    ['1-1', '1-2'],
  );

  await page.keyboard.press('F9');
  await heading('Log in').waitFor();
  assert.equal(await page.getByText('The session has ended').count(), 0);

  // What an approver typed is there after the end of the session, and not for another approver who comes by the same route.
  const endSession = async (): Promise<void> => {
    await program.moveClock({ wallMs: 12 * 3_600_000 });
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await page.getByText('The session has ended').waitFor();
  };
  const approval = heading('Approve Drydock virtual infusion pump 2.4.0');
  await typeLogIn(program, 'ines');
  await heading('Bench').waitFor();
  const expired = { before: null, type: 'session.expired', outcome: null, limit: 1 } as const;
  assert.equal((await ok(page, 'audit.list', expired))[0]?.data['why'], 'absolute');
  await goTo(program, 'approvals', digest);
  await page.getByLabel('Work order').fill('WO-7');
  await endSession();
  await typeLogIn(program, 'ines');
  await approval.waitFor();
  assert.equal(await page.getByLabel('Work order').inputValue(), 'WO-7');
  await endSession();
  await typeLogIn(program, 'otto');
  await approval.waitFor();
  assert.equal(await page.getByLabel('Work order').inputValue(), '');

  // Nor does a route lead to what another person's roles do not show.
  await logIn(program, 'ada');
  await goTo(program, 'operators');
  await page.getByText('Ines Kaya').first().waitFor();
  await endSession();
  await typeLogIn(program, 'tom');
  await heading('Your roles have no access here').waitFor();
  assert.equal(await page.getByText('Ines Kaya').count(), 0);
  assert.equal(await page.getByRole('navigation').getByText('Operators').count(), 0);
  await takeLooks(page, 'place-of-others');
});
