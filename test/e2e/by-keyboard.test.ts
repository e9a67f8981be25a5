import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { tempFolder } from '../helpers/temp-folder.ts';
import { assertFocus, tabTo, watchPointer } from './support/keyboard.ts';
import { takeLooks } from './support/looks.ts';
import {
  approvedBundle,
  goTo,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  type TrainingProgram,
} from './support/training-window.ts';

before(() => prepareTraining());

const workOrder = 'WO-7';

/** Log-in as a person does it: the name has the focus already. */
async function logInByKeys({ page, password }: TrainingProgram, username: string): Promise<void> {
  await assertFocus(page, page.getByLabel('Username'));
  await page.keyboard.type(username);
  await tabTo(page, page.locator('input[data-secret]'));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
}

function headingOf(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

function cardOf(page: Page, serial: string): Locator {
  return page.locator('li[data-position]', { has: page.getByRole('heading', { name: serial }) });
}

async function waitForWord(page: Page, serial: string, word: string): Promise<void> {
  await cardOf(page, serial).locator('.mark', { hasText: word }).waitFor({ timeout: 60_000 });
}

test('REQ-OTA-UI-01 the whole job by keys alone: log-in, import, approval by somebody else, update, report, and the focus is seen at each stop', async (t) => {
  const program = await openTraining(t);
  const { page, folder } = program;
  const pointerEvents = await watchPointer(page);

  // The technician imports; nobody has approved yet, so nothing can be started.
  await logInByKeys(program, 'tom');
  await page.keyboard.press('Control+2');
  await headingOf(page, 'Bundles').waitFor();
  await tabTo(page, page.getByRole('button', { name: /Import bundle/ }).first());
  program.answer('open', [join(folder, 'data-training', 'bundles', '1 pump 2.4.0.zip')]);
  await page.keyboard.press('Enter');
  await headingOf(page, 'Drydock virtual infusion pump 2.4.0').waitFor();
  await page.keyboard.press('Control+1');
  await waitForWord(page, 'PUMP-0401', 'Waits for approval');
  await page.keyboard.press('F9');

  // The approver finds it waiting, reads, and signs with the password.
  await logInByKeys(program, 'ines');
  await page.keyboard.press('Control+3');
  await headingOf(page, 'Approvals').waitFor();
  await tabTo(page, page.getByRole('grid').first());
  await page.keyboard.press('Enter');
  await headingOf(page, /^Approve Drydock virtual infusion pump/).waitFor();
  await tabTo(page, page.getByLabel('Work order'));
  await page.keyboard.type(workOrder);
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('You sign as Ines Kaya').waitFor();
  const secret = dialog.locator('input[data-secret]');
  if (!(await secret.evaluate((element) => element === document.activeElement))) await tabTo(page, secret);
  await assertFocus(page, secret);
  await page.keyboard.type(program.password);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('F9');

  // Back at the bench: work order, Enter to the first unit that is ready, Enter again.
  await logInByKeys(program, 'tom');
  await tabTo(page, page.getByLabel('Work order'));
  await page.keyboard.type(workOrder);
  await waitForWord(page, 'PUMP-0401', 'Ready');
  await page.keyboard.press('Enter');
  await assertFocus(page, cardOf(page, 'PUMP-0401').locator('[data-next] button'));
  await page.keyboard.press('Enter');
  await cardOf(page, 'PUMP-0401').getByText('Do not unplug').waitFor();
  await waitForWord(page, 'PUMP-0401', 'Confirmed');
  await cardOf(page, 'PUMP-0401').getByText('Safe to unplug').waitFor();

  // The report of the job, out of its drawer.
  const papers = tempFolder(t);
  program.answer('open', [papers]);
  await tabTo(page, cardOf(page, 'PUMP-0401').locator('[data-next] button'));
  await page.keyboard.press('F2');
  const drawer = page.locator('#main aside');
  await tabTo(page, drawer.getByRole('button', { name: /Export report/ }));
  await page.keyboard.press('Enter');
  await drawer.getByText('files were written').waitFor();
  assert.ok(readdirSync(papers).some((name) => name.endsWith('.pdf')));
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  const [job] = await ok(page, 'update.list', { serial: 'PUMP-0401', openOnly: false, before: null, limit: 1 });
  assert.equal(job?.state, 'confirmed');
  assert.equal(job.workOrder, workOrder);
  assert.equal(await pointerEvents(), 0);
});

test('REQ-OTA-OPR-02 REQ-OTA-POL-02 who imported may not approve, and is told who may; a technician is given no way to sign', async (t) => {
  const program = await openTraining(t);
  const { page, folder, password } = program;
  await ok(page, 'session.login', { username: 'ada', password });
  const initialPassword = 'handed over on a slip of paper';
  const rita = { username: 'rita', printedName: 'Rita Okafor', roles: ['technician', 'approver'] as const };
  await ok(page, 'operator.create', { ...rita, roles: [...rita.roles], initialPassword });
  await ok(page, 'session.login', { username: 'rita', password: initialPassword });
  await ok(page, 'operator.change-password', { currentPassword: initialPassword, newPassword: password });
  await logIn(program, 'rita');
  await headingOf(page, 'Bench').waitFor();

  // Her own bundle.
  program.answer('open', [join(folder, 'data-training', 'bundles', '1 pump 2.4.0.zip')]);
  const [file] = await ok(page, 'window.choose', { purpose: 'bundle', several: false });
  assert.ok(file);
  const { bundle } = await ok(page, 'bundle.import', { path: file.ticket });
  await goTo(program, 'approvals', bundle.digest);
  await page.getByText('policy.approver-imported').waitFor();
  const notice = page.getByRole('alert');
  await notice.getByText('Whoever imported the bundle may not approve it').waitFor();
  await notice.getByText('Ask somebody else who may approve.').waitFor();
  assert.ok(await page.getByRole('button', { name: /Review and sign/ }).isDisabled());
  await page.keyboard.press('Control+Enter');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await takeLooks(page, 'approval-own');

  // A technician is shown what waits, and no way to sign.
  await logIn(program, 'tom');
  await goTo(program, 'approvals', bundle.digest);
  await page.getByText('With your roles you can read approvals but not sign them.').waitFor();
  assert.equal(await page.getByRole('button', { name: /sign/i }).count(), 0);
});

test('REQ-OTA-OPR-01 a window that locks itself in the middle of a job shows that it goes on, and comes back to where it was', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  await approvedBundle(program);
  await page.getByLabel('Work order').fill('WO-1');
  await waitForWord(page, 'PUMP-0401', 'Ready');
  await page.getByLabel('Work order').press('Enter');
  await page.keyboard.press('Enter');
  await cardOf(page, 'PUMP-0401').getByRole('progressbar').waitFor();
  await program.power('lock-screen');
  await headingOf(page, 'Locked').waitFor();
  await page.getByText('Do not unplug').waitFor();
  const text = (await page.locator('body').textContent()) ?? '';
  assert.doesNotMatch(text, /PUMP-|WO-1/);
  await takeLooks(page, 'locked');
  // Keys of the places behind the lock lead nowhere.
  await page.keyboard.press('Control+2');
  await headingOf(page, 'Locked').waitFor();
  await page.getByText('No update is running').waitFor({ timeout: 60_000 });

  await assertFocus(page, page.locator('input[data-secret]'));
  await page.keyboard.type('not the password at all');
  await page.keyboard.press('Enter');
  await page.getByText('operator.password-wrong').waitFor();
  while ((await ok(page, 'window.begin', {})).locked) {
    await page.locator('input[data-secret]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
  }
  await headingOf(page, 'Bench').waitFor();
  await waitForWord(page, 'PUMP-0401', 'Confirmed');
  assert.equal((await ok(page, 'window.begin', {})).session?.operator.username, 'tom');
});
