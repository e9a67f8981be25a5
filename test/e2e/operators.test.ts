import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright';
import { logIn, goTo, ok, openTraining, prepareTraining, type TrainingProgram } from './support/training-window.ts';
import { takeLooks } from './support/looks.ts';
import { call } from './window.ts';

before(() => prepareTraining());

const ownPassword = 'seven herons over the weir';

async function account(page: Page, username: string) {
  const all = await ok(page, 'operator.list', {});
  return all.find((one) => one.username === username) ?? assert.fail(username);
}

/** Takes the initial password that is shown, as whoever it is handed to. */
async function takeFirstPassword(page: Page, name: string): Promise<string> {
  await page.getByRole('heading', { name: `Hand this to ${name} in person` }).waitFor();
  const password = await page.locator('section[aria-labelledby="hand-over"] code').innerText();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: /^Hand this/ }).waitFor({ state: 'detached' });
  return password;
}

async function typeLogIn({ page }: TrainingProgram, username: string, password: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  await page.getByLabel('Username').fill(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

test('REQ-OTA-OPR-01 REQ-OTA-UI-01 an administrator makes an account, hands over its initial password once, changes its roles, disables and enables it', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'ada');
  await goTo(program, 'operators');
  await page.getByText('You are the only administrator').waitFor();
  await page.getByRole('row', { name: /Tom Adeyemi.*Technician.*Active.*None.*20\d\d/ }).waitFor();
  await takeLooks(page, 'operators');

  await page.keyboard.press('Control+Shift+N');
  await page.getByLabel('Printed name').waitFor();
  await page.keyboard.type('Nina Vogel');
  await page.keyboard.press('Tab');
  await page.keyboard.type('tom');
  await page.getByLabel('Auditor').check();
  await page.getByLabel('Technician').check();
  await page.getByText('An auditor has no other role.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Create account' }).isDisabled());
  await page.getByLabel('Auditor').uncheck();
  await page.getByRole('button', { name: 'Create account' }).press('Enter');
  await page.getByText('operator.username-taken').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+N');
  await page.getByLabel('Printed name').waitFor();
  // Esc has lost nothing.
  assert.equal(await page.getByLabel('Printed name').inputValue(), 'Nina Vogel');
  await page.getByLabel('Username').fill('nina');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hand this to Nina Vogel in person' }).waitFor();
  await takeLooks(page, 'operators-hand-over');
  const first = await takeFirstPassword(page, 'Nina Vogel');
  assert.match(first, /^[a-z2-9]{5}(?:-[a-z2-9]{5}){3}$/);
  assert.ok(!(await page.locator('body').innerText()).includes(first), 'it is shown once');

  await page.getByLabel('Approver').check();
  await page.getByText('Changing roles logs Nina Vogel out.').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('The roles of Nina Vogel are set.').waitFor({ state: 'attached' });
  assert.deepEqual((await account(page, 'nina')).roles, ['technician', 'approver']);
  await takeLooks(page, 'operators-account');

  await page.keyboard.press('Control+Shift+D');
  const disable = page.getByRole('dialog').getByRole('button', { name: 'Disable account' });
  await page.getByLabel('Type nina to go on').fill('nina');
  assert.ok(await disable.isDisabled(), 'the log wants a reason');
  await page.getByLabel('Reason, for the audit log').fill('Left the depot');
  await takeLooks(page, 'operators-disable');
  await page.keyboard.press('Enter');
  await page.getByText('Nina Vogel gets a new initial password').waitFor();
  assert.equal((await account(page, 'nina')).status, 'disabled');
  await page.getByLabel('Reason, for the audit log').fill('Came back');
  await page.keyboard.press('Enter');
  const second = await takeFirstPassword(page, 'Nina Vogel');
  assert.notEqual(second, first);

  await page.keyboard.press('F9');
  await typeLogIn(program, 'nina', first);
  await page.getByText('operator.login-refused').waitFor();
});

test('REQ-OTA-OPR-01 the last administrator can neither be disabled nor change his own roles, and the window says why', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'ada');
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'system', motion: 'system', paper: 'A4' });
  const ada = await account(page, 'ada');
  await goTo(program, 'operators', ada.id);
  await page.getByText('Niemand ändert seine eigenen Rollen').waitFor();
  await page.getByText('Es kann weder stillgelegt werden').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Konto stilllegen' }).count(), 0);
  for (const box of await page.getByRole('checkbox').all()) assert.ok(await box.isDisabled());
  await takeLooks(page, 'operators-self-german');
  const refused = await call(page, 'operator.disable', { id: ada.id, reason: 'by force' });
  assert.equal(refused.ok ? '' : refused.code, 'operator.last-administrator');
});

test('REQ-OTA-OPR-01 REQ-OTA-UI-01 a forgotten password is reset, replaced at the first log-in, and changed again under Settings; a lock says until when', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'ada');
  const tom = await account(page, 'tom');
  await goTo(program, 'operators', tom.id);
  await page.getByRole('button', { name: /^New initial password/ }).waitFor();
  await page.keyboard.press('Control+Shift+P');
  await page.getByLabel('Type tom to go on').fill('tom');
  await page.keyboard.press('Enter');
  const first = await takeFirstPassword(page, tom.printedName);
  await page.keyboard.press('F9');
  await typeLogIn(program, 'tom', first);
  await page.getByRole('heading', { level: 1, name: 'Choose your own password' }).waitFor();
  await page.keyboard.type(first);
  await page.getByLabel('Your new password').fill(ownPassword);
  await page.getByLabel('Repeat the new password').fill(ownPassword);
  await page.keyboard.press('Enter');
  await typeLogIn(program, 'tom', ownPassword);
  await page.getByRole('link', { name: tom.printedName }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.getByText('Only an administrator changes this.').waitFor();
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('heading', { level: 2, name: 'Change password' }).waitFor();
  await page.keyboard.type('not my password at all');
  await page.getByLabel('Your new password').fill(`${ownPassword} again`);
  await page.getByLabel('Repeat the new password').fill(`${ownPassword} again`);
  await page.keyboard.press('Enter');
  await page.getByText('operator.password-wrong').waitFor();
  await takeLooks(page, 'settings-password');
  // After a wrong password the next try waits a second.
  const title = page.getByRole('heading', { level: 1, name: 'Log in' });
  const early = page.getByText('operator.throttled');
  do {
    await page.locator('input[data-secret]').first().fill(ownPassword);
    await page.keyboard.press('Enter');
    await title.or(early).waitFor();
  } while (await early.isVisible());
  await typeLogIn(program, 'tom', `${ownPassword} again`);
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();

  // Behind the lock anybody lets the operator go.
  await page.keyboard.press('Control+l');
  await page.getByText('Anybody here may log').waitFor();
  await takeLooks(page, 'lock');
  await page.keyboard.press('F9');
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
});
