import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright';
import { accept, refuse } from '../../contract/result.ts';
import { launchChromium } from './support/chromium.ts';
import { loggedInView, openView, operator, session } from './support/sample-views.ts';
import { openWindow } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

test('REQ-OTA-UI-01 an operator logs in by keyboard alone, and stands at the first place', async () => {
  const { page, bridge, complaints, close } = await openWindow(browser, openView, {
    'session.login': () => accept({ session }),
  });
  await page.keyboard.type('tom');
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  assert.deepEqual(bridge.calls.find(({ name }) => name === 'session.login')?.input, {
    username: 'tom',
    password: 'correct horse battery',
  });
  assert.equal(await page.title(), 'Bench – Drydock');
  assert.deepEqual(complaints, []);
  await close();
});

test('nobody is offered at a real station, and no password is told', async () => {
  const training = { password: 'open to all', operators: [operator] };
  for (const view of [openView, { ...openView, training }]) {
    const { page, close } = await openWindow(browser, view, {});
    await page.getByLabel('Username').waitFor();
    const isTraining = view.training !== null;
    assert.equal(await page.getByText('open to all').count(), isTraining ? 1 : 0);
    assert.equal(await page.getByRole('button', { name: /^Tom Okafor/ }).count(), isTraining ? 1 : 0);
    await close();
  }
});

test('a refused log-in says what to do, shows its code, keeps the name and forgets the password', async () => {
  const { page, close } = await openWindow(browser, openView, {
    'session.login': () => refuse('operator.login-refused', 'Username or password is wrong.'),
  });
  await page.getByLabel('Username').fill('tom');
  await page.getByLabel('Password', { exact: true }).or(page.locator('input[data-secret]')).first().fill('wrong');
  await page.keyboard.press('Enter');
  const notice = page.getByRole('alert');
  await notice.waitFor();
  const text = await notice.innerText();
  assert.match(text, /What to do/);
  assert.match(text, /operator\.login-refused/);
  assert.equal(await page.getByLabel('Username').inputValue(), 'tom');
  assert.equal(await page.locator('input[data-secret]').inputValue(), '');
  await close();
});

test('a reload comes back to the place that the route names, and only to one that the roles show', async () => {
  const { page, close } = await openWindow(browser, loggedInView, {}, {}, 'history');
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await close();
  const technician = {
    ...loggedInView,
    session: { ...session, permissions: ['device.read', 'station.read'] as const },
  };
  const narrow = await openWindow(
    browser,
    { ...technician, session: { ...technician.session, permissions: ['device.read', 'station.read'] } },
    {},
    {},
    'audit',
  );
  await narrow.page.getByRole('heading', { level: 1, name: 'Your roles have no access here' }).waitFor();
  assert.equal(await narrow.page.getByRole('link', { name: 'Audit log' }).count(), 0);
  assert.equal(await narrow.page.getByRole('link', { name: 'Bench' }).count(), 1);
  await narrow.close();
});

test('an initial password is replaced before anything else, and the new rights are asked for', async () => {
  const fresh = { ...session, permissions: [], operator: { ...operator, mustChangePassword: true } };
  const { page, bridge, close } = await openWindow(
    browser,
    { ...openView, session: fresh },
    { 'operator.change-password': () => accept(operator), 'session.current': () => accept(session) },
  );
  await page.keyboard.type('given password');
  const [, password, repeated] = await page.locator('input[data-secret]').all();
  assert.ok(password !== undefined && repeated !== undefined);
  await password.fill('four unrelated words');
  await page.getByText('20 characters: long enough').waitFor();
  await repeated.fill('four unrelated wordz');
  await page.getByText('The two passwords differ.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Set password' }).isDisabled());
  await repeated.fill('four unrelated words');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  assert.deepEqual(bridge.calls.find(({ name }) => name === 'operator.change-password')?.input, {
    currentPassword: 'given password',
    newPassword: 'four unrelated words',
  });
  await close();
});

test('a locked window shows that jobs go on without saying whose, and its operator unlocks it', async () => {
  const glance = { place: 3, state: 'staging', fraction: 0.42, mayUnplug: false, needsPerson: false } as const;
  const { page, close } = await openWindow(
    browser,
    { ...loggedInView, locked: true },
    { 'window.glance': () => accept([glance]), 'window.unlock': () => accept(loggedInView) },
  );
  await page.getByText('Place 3').waitFor();
  assert.match(await page.locator('main').innerText(), /42%[\s\S]*Staging[\s\S]*Do not unplug/);
  assert.equal(await page.getByRole('navigation').count(), 0);
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await close();
});

test('whoever is told that the session has ended stands before the log-in', async () => {
  let ended = false;
  const { page, close } = await openWindow(browser, loggedInView, {
    'window.begin': () => accept(ended ? openView : loggedInView),
    'window.lock': () => {
      ended = true;
      return refuse('operator.session-expired', 'The session was not used for 15 minutes.');
    },
  });
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { level: 1, name: 'Log in' }).waitFor();
  await close();
});

test('REQ-OTA-OPR-01 a code is asked for when the station asks, at log-in, and the password is not shown beside it', async () => {
  const { page, bridge, complaints, close } = await openWindow(browser, openView, {
    'session.login': ({ code }) =>
      code === undefined
        ? refuse('operator.code-required', 'Type the 6-digit code of your authenticator app, or a recovery code, too.')
        : code === '123456'
          ? accept({ session })
          : refuse('operator.code-wrong', 'The code is not the one that your authenticator app shows now.'),
  });
  const code = page.getByLabel('Code from your authenticator app');
  await page.keyboard.type('tom');
  assert.equal(await code.count(), 0);
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
  await code.waitFor();
  assert.equal(await page.getByRole('alert').count(), 0, 'that a code is asked for is no fault');
  assert.equal(await page.locator('input').count(), 1);
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  assert.match(await page.getByRole('alert').innerText(), /operator\.code-wrong/);
  assert.equal(await code.inputValue(), '');
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  assert.deepEqual(bridge.calls.filter(({ name }) => name === 'session.login').at(-1)?.input, {
    username: 'tom',
    password: 'correct horse battery',
    code: '123456',
  });
  assert.deepEqual(complaints, []);
  await close();
});

test('whoever has typed the wrong password beside a code begins again without one', async () => {
  const answers = ['operator.code-required', 'operator.throttled'] as const;
  let at = 0;
  const { page, bridge, close } = await openWindow(
    browser,
    { ...loggedInView, locked: true },
    {
      'window.glance': () => accept([]),
      'window.unlock': () => refuse(answers[at++] ?? 'operator.password-wrong', 'Refused.'),
    },
  );
  await page.keyboard.type('correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByLabel('Code from your authenticator app').fill('12 34');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.locator('input[autocomplete="one-time-code"]').count(), 0);
  assert.equal(await page.locator('input[autocomplete="current-password"]').inputValue(), '');
  await page.keyboard.type('another');
  await page.keyboard.press('Enter');
  await page.getByText('operator.password-wrong').waitFor();
  assert.deepEqual(
    bridge.calls.filter(({ name }) => name === 'window.unlock').map(({ input }) => input),
    [
      { password: 'correct horse battery' },
      { password: 'correct horse battery', code: '12 34' },
      { password: 'another' },
    ],
  );
  await close();
});
