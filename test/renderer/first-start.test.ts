import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { accept, refuse } from '../../contract/result.ts';
import type { WindowState } from '../../contract/window/window-operations.ts';
import { launchChromium } from './support/chromium.ts';
import { openView, session, stationKey } from './support/sample-views.ts';
import { openWindow } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const begin: WindowState = { ...openView, phase: 'begin', station: null };
const empty: WindowState = {
  ...openView,
  station: { initialised: false, id: null, name: null, version: '0.1.0', keySha256: null, training: false },
};
const ticket = `ticket:${'a'.repeat(43)}`;

test('REQ-OTA-UI-01 the first start leads from an empty folder to a station and its next steps', async () => {
  const made = openView.station ?? assert.fail();
  const { page, bridge, complaints, close } = await openWindow(browser, begin, {
    'window.choose': () => accept([{ ticket, name: 'station-data', lenBytes: null }]),
    'window.set-up': () => accept(empty),
    'station.initialise': () => accept(made),
    'session.login': () => accept({ session }),
  });
  await page.keyboard.press('Control+o');
  await page.getByText('station-data').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Set up this station' }).waitFor();
  assert.deepEqual(bridge.calls.find(({ name }) => name === 'window.set-up')?.input, {
    mode: 'station',
    folder: ticket,
  });
  // The rules stand there before anything is typed.
  assert.match(await page.locator('main').innerText(), /15 characters or more/);
  for (const text of ['Bench 1, Biomedical', 'Ada Moreno', 'ada', 'four unrelated words', 'four unrelated words']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
    // From a password the next stop is the button that shows it.
    if (text.includes('words')) await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The station is ready' }).waitFor();
  assert.deepEqual(bridge.calls.find(({ name }) => name === 'station.initialise')?.input, {
    name: 'Bench 1, Biomedical',
    administrator: { username: 'ada', printedName: 'Ada Moreno', password: 'four unrelated words' },
  });
  assert.equal((await page.locator('code').innerText()).replaceAll(/\s/g, ''), stationKey);
  await page.getByRole('button', { name: /Pin a vendor/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Trust' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('a station that could not be made says why, and nothing typed is lost', async () => {
  const { page, close } = await openWindow(browser, empty, {
    'station.initialise': () => refuse('operator.password-common', 'The password is on a list of common ones.'),
  });
  await page.keyboard.type('Bench 1');
  await page.getByLabel('Printed name').fill('Ada Moreno');
  await page.getByLabel('Username').fill('ada');
  for (const field of await page.locator('input[data-secret]').all()) await field.fill('passwordpassword');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /Others would guess[\s\S]*operator\.password-common/);
  assert.equal(await page.getByLabel('Printed name').inputValue(), 'Ada Moreno');
  await close();
});

test('training mode is one key away, never takes the folder of the station, and wears its band', async () => {
  const training: WindowState = { ...openView, station: { ...(openView.station ?? assert.fail()), training: true } };
  const { page, bridge, close } = await openWindow(browser, begin, { 'window.set-up': () => accept(training) });
  await page.keyboard.press('Control+t');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  assert.deepEqual(bridge.calls.find(({ name }) => name === 'window.set-up')?.input, {
    mode: 'training',
    folder: null,
  });
  await page.getByRole('complementary', { name: 'Training' }).waitFor();
  await close();
});

test('a station that does not open says that nothing was touched, and can be tried again', async () => {
  const refusal = { code: 'station.in-use', reason: 'Process 4711 works with this data folder.' };
  let tries = 0;
  const { page, close } = await openWindow(browser, begin, {
    'window.begin': () => accept(tries++ === 0 ? { ...begin, phase: 'refused', refusal } : openView),
  });
  assert.match(await page.locator('main').innerText(), /No unit was touched[\s\S]*station\.in-use/);
  await page.keyboard.press('F5');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await close();
});

test('a page without the window around it says so instead of staying white', async () => {
  const { page, close } = await openWindow(browser, begin, {
    'window.begin': () => refuse('station.fault', 'The station met an error.'),
  });
  await page.getByRole('heading', { name: 'Drydock cannot start' }).waitFor();
  assert.match(await page.getByRole('alert').innerText(), /station\.fault/);
  await close();
});
