import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { systemClock } from '../../core/system-clock.ts';
import { phoneOf } from '../unit/operator/factor/enrolled-operator.ts';
import { takeLooks } from './support/looks.ts';
import { goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

test('REQ-OTA-OPR-01 REQ-OTA-UI-01 who must have a second factor enrols it at log-in and gets no further without; the codes are shown until they are kept', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  await logIn(program, 'ada');
  await goTo(program, 'operators', 'rule');
  await page.getByLabel('Technician').check();
  await page.getByText('has none yet').waitFor();
  await takeLooks(page, 'operators-rule');
  await page.keyboard.press('Control+s');
  await page.getByRole('row', { name: /Tom Adeyemi.*Missing/ }).waitFor();

  await ok(page, 'session.login', { username: 'tom', password });
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Enrol a second factor' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await takeLooks(page, 'second-factor-secret');
  const secret = (await page.locator('main code').first().innerText()).replaceAll(' ', '');
  const phone = phoneOf({ clock: systemClock }, secret);
  await page.getByLabel('Code from the app').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('operator.code-wrong').waitFor();
  await page.getByLabel('Code from the app').fill(phone());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  assert.equal(await page.locator('.paper li').count(), 8);
  await takeLooks(page, 'second-factor-codes');
  // The window is locked and opened again: the codes are still to be kept.
  const [code = ''] = await page.locator('.paper li').allInnerTexts();
  await ok(page, 'window.lock', {});
  await page.getByRole('heading', { level: 1, name: 'Locked' }).waitFor();
  assert.ok(!(await page.locator('body').innerText()).includes(code));
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByLabel('Code from your authenticator app').fill(code);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
  });
  await page.keyboard.press('Control+p');
  await page.locator('html[data-printed="yes"]').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('navigation').waitFor();

  await goTo(program, 'settings');
  await page.getByText('7 are left').waitFor();
  await page.getByText('It cannot be removed: this station requires one for your role.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Remove second factor' }).isDisabled());
  await takeLooks(page, 'settings-technician');
  await page.keyboard.press('Control+Shift+C');
  await page.getByRole('heading', { level: 2, name: 'Make new recovery codes' }).waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByLabel('Code from your authenticator app').fill(phone(1));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
  assert.ok(!(await page.locator('.paper').innerText()).includes(code));
  await page.keyboard.press('Control+Enter');
  await page.getByText('8 are left').waitFor();
});

test('REQ-OTA-OPR-01 REQ-OTA-UI-01 an administrator renames the station and sets its idle time; motion, look and language are kept for the window', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'ada');
  await goTo(program, 'settings');
  await page.getByLabel('Minutes without use before locking').fill('61');
  await page.getByText('A whole number from 1 to 60.').waitFor();
  await page.getByLabel('Name of the station').fill('North wing, bench 2');
  assert.ok(await page.getByRole('button', { name: 'Save station settings' }).isDisabled());
  await page.getByLabel('Minutes without use before locking').fill('7');
  await page.keyboard.press('Control+s');
  await page.getByText('The settings of the station are saved.').waitFor({ state: 'attached' });
  await page.getByTitle('North wing, bench 2').waitFor();
  const { name, idleMinutes, depotServer } = await ok(page, 'station.settings', {});
  assert.deepEqual([name, idleMinutes, depotServer], ['North wing, bench 2', 7, null]);
  await page.getByRole('link', { name: 'Offline' }).waitFor();
  await page.getByText('opens no socket and asks no name server').waitFor();
  const profiles = await ok(page, 'device.profiles', {});
  for (const profile of profiles)
    await page.getByRole('heading', { level: 3, name: profile.name, exact: true }).first().waitFor();
  await takeLooks(page, 'settings-administrator');

  await page.getByRole('combobox', { name: 'Motion' }).selectOption('reduced');
  await page.locator('html[data-motion="reduced"]').waitFor();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
  await takeLooks(page, 'settings-german');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor();
  await page.locator('html[data-motion="reduced"]').waitFor();
});
