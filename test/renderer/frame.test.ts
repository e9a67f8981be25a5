import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator } from 'playwright';
import { expect } from 'playwright/test';
import { accept } from '../../contract/result.ts';
import { launchChromium } from './support/chromium.ts';
import { loggedInView, openView, session, trust } from './support/sample-views.ts';
import { openWindow } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

/** What a place of the rail is called; below it stands its key. */
async function nameOf(link: Locator): Promise<string> {
  return (await link.innerText()).split('\n')[0]?.trim() ?? '';
}

test('REQ-OTA-UI-01 every place of the rail has a key, which is shown on it and goes there', async () => {
  const { page, complaints, close } = await openWindow(browser, loggedInView);
  const links = await page.getByRole('navigation').getByRole('link').all();
  assert.equal(links.length, 11);
  for (const link of links) {
    const keys = (await link.getAttribute('aria-keyshortcuts')) ?? assert.fail('no key');
    assert.match(await link.innerText(), /Ctrl/);
    await page.keyboard.press(keys);
    await expect(link, keys).toHaveAttribute('aria-current', 'page');
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(await nameOf(link));
    // A screen reader begins at the new screen's title.
    await expect(heading).toBeFocused();
  }
  assert.deepEqual(complaints, []);
  await close();
});

test('the keys that work are shown on F1 and ?, and a bare ? is none while somebody types or has switched it off', async () => {
  const { page, close } = await openWindow(browser, loggedInView);
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys that work here' }).waitFor();
  assert.match(await page.locator('aside').innerText(), /Ctrl L\s+Lock/);
  await page.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('aside').count(), 0);
  await page.keyboard.press('?');
  await page.keyboard.press('F1');
  await page.getByRole('heading', { name: 'Keys that work here' }).waitFor();
  // Had ? opened it as well, F1 would have closed it again.
  await close();
});

test('Esc closes a drawer and gives the focus back', async () => {
  const { page, close } = await openWindow(browser, loggedInView);
  await page.getByRole('button', { name: 'Display' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Language' }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('aside').count(), 0);
  assert.match(String(await page.evaluate('document.activeElement.textContent')), /Display/);
  await close();
});

test('language and look change at once, and are told to the shell to be kept', async () => {
  const { page, bridge, close } = await openWindow(browser, loggedInView);
  await page.keyboard.press('F8');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('heading', { level: 1, name: 'Werkbank' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  await page.getByRole('combobox', { name: 'Aussehen' }).selectOption('high-contrast');
  await page.locator('html[data-contrast="more"]').waitFor();
  const kept = bridge.calls.filter(({ name }) => name === 'window.set-preferences').at(-1)?.input;
  assert.deepEqual(kept, { language: 'de', theme: 'high-contrast', motion: 'system', paper: 'A4' });
  await close();
});

test('the top bar tells a clock that is not believed and a station that trusts nothing yet', async () => {
  const refusal = { code: 'trust.clock-jumped', reason: 'The clock went 40 days forward.' };
  const { page, close } = await openWindow(browser, loggedInView, {
    'trust.show': () => accept({ ...trust, pinnedAnchors: [], clock: { ...trust.clock, refusal } }),
  });
  await page.getByRole('link', { name: 'Nothing trusted yet' }).waitFor();
  const clock = page.getByRole('link', { name: 'Clock not trusted' });
  assert.equal(await clock.getAttribute('title'), refusal.reason);
  await close();
});

test('locking and logging out are one key each, and the window follows what the shell tells it', async () => {
  const { page, bridge, close } = await openWindow(browser, loggedInView, {
    'window.lock': () => accept({ ...loggedInView, locked: true }),
    'window.glance': () => accept([]),
    'session.logout': () => accept({}),
    'session.login': () =>
      accept({
        session: { ...session, operator: { ...session.operator, id: 'f1b4f4a0-54ba-4b3b-9d58-0f2f0df0a0aa' } },
      }),
  });
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await bridge.tell(page, { type: 'window.state', state: loggedInView });
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await bridge.tell(page, { type: 'window.state', state: { ...openView, session } });
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await bridge.tell(page, { type: 'window.go', to: 'history' });
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
  await close();
});

test('REQ-OTA-UI-01 the top bar is one row at the least size in German, whatever the station has to say and however long names are', async () => {
  const station = openView.station ?? assert.fail();
  const name = 'Medizintechnik Haus 4, Werkbank am Fenster';
  const printedName = 'Dr. Maximiliane von Hohenberg-Schönefeld';
  const view = {
    ...loggedInView,
    station: { ...station, name, training: true },
    session: { ...session, operator: { ...session.operator, printedName } },
  };
  const refusal = { code: 'trust.clock-jumped', reason: 'The clock went 40 days forward.' };
  const { page, close } = await openWindow(
    browser,
    view,
    {
      'trust.show': () => accept({ ...trust, pinnedAnchors: [], clock: { ...trust.clock, refusal } }),
      'station.settings': () => accept({ name, idleMinutes: 15, depotServer: null }),
    },
    { language: 'de-DE' },
  );
  const bar = page.locator('.frame > header');
  await bar.getByText('Offline').waitFor();
  assert.ok(((await bar.boundingBox())?.height ?? Infinity) < 60);
  assert.equal(await bar.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
  for (const mark of ['Noch nichts vertraut', 'Uhr nicht vertrauenswürdig', 'Offline', 'Sperren', 'Abmelden'])
    await expect(bar.getByText(mark)).toBeInViewport({ ratio: 1 });
  await close();
});

test('REQ-OTA-UI-01 every place of the rail can be reached in a low window, and the one that is shown is in view', async () => {
  const view = { ...loggedInView, station: { ...(openView.station ?? assert.fail()), training: true } };
  const { page, close } = await openWindow(browser, view, {}, { language: 'de-DE' });
  const links = await page.getByRole('navigation').getByRole('link').all();
  const last = links.at(-1) ?? assert.fail();
  for (const link of links) await expect(link).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1024, height: 500 });
  await page.keyboard.press('Control+0');
  await expect(last).toHaveAttribute('aria-current', 'page');
  await expect(last).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('button', { name: 'Tasten' })).toBeInViewport({ ratio: 1 });
  await close();
});
