import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright';
import { accept } from '../../contract/result.ts';
import type { WindowState } from '../../contract/window/window-operations.ts';
import { findAxeFaults } from './support/axe.ts';
import { launchChromium } from './support/chromium.ts';
import type { Answers } from './support/fake-bridge.ts';
import { findCutOff } from './support/find-cut-off.ts';
import { loggedInView, openView, operator, session } from './support/sample-views.ts';
import { openGallery, openWindow, takePicture, type Look, type OpenWindow } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const glances = [
  { place: 3, state: 'staging', fraction: 0.42, mayUnplug: false, needsPerson: false },
  { place: null, state: 'testing', fraction: null, mayUnplug: false, needsPerson: true },
] as const;
const station = openView.station ?? assert.fail();
const refusal = { code: 'station.database-newer', reason: 'The database has schema 12; this Drydock knows 9.' };

const screens: Readonly<Record<string, WindowState>> = {
  'choose-mode': { ...openView, phase: 'begin', station: null },
  'new-station': { ...openView, station: { ...station, initialised: false, name: null, keySha256: null } },
  refused: { ...openView, phase: 'refused', station: null, refusal },
  'log-in': openView,
  'change-password': { ...loggedInView, session: { ...session, operator: { ...operator, mustChangePassword: true } } },
  lock: { ...loggedInView, locked: true },
  frame: { ...loggedInView, station: { ...station, training: true } },
};
const answers: Answers = { 'window.glance': () => accept([...glances]) };

/** The same page in its other looks, where only colours differ. */
const colours = {
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'high-contrast': { colorScheme: 'light', contrast: 'more' },
  'high-contrast-dark': { colorScheme: 'dark', contrast: 'more' },
} as const;

/** At its least size in each look, then in German at 200 % zoom. */
async function check(open: (look: Look) => Promise<OpenWindow>, name: string): Promise<void> {
  const { page, complaints, close } = await open({});
  await takePicture(page, `${name}-light`);
  assert.deepEqual(await findAxeFaults(page), []);
  assert.deepEqual(await findCutOff(page), []);
  assert.deepEqual(await findSmallTargets(page), []);
  for (const [look, media] of Object.entries(colours)) {
    await page.emulateMedia(media);
    await takePicture(page, `${name}-${look}`);
    assert.deepEqual(await findAxeFaults(page, ['color-contrast']), [], look);
  }
  assert.deepEqual(complaints, []);
  await close();

  const zoomed = await open({ size: 'zoomed', language: 'de-DE' });
  await takePicture(zoomed.page, `${name}-zoomed`);
  assert.deepEqual(await findAxeFaults(zoomed.page), []);
  assert.deepEqual(await findCutOff(zoomed.page), []);
  assert.deepEqual(await findSmallTargets(zoomed.page), []);
  await zoomed.close();
}

/** Targets of at least 44 px, as the house wants them (WCAG 2.2, 2.5.8 asks for 24). */
async function findSmallTargets(page: Page): Promise<readonly string[]> {
  return await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('button, a, select, input:not([type=checkbox]), textarea')]
    .filter((element) => element.checkVisibility())
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
    .map(([element, box]) => element.outerHTML.slice(0, 80) + ' is ' + box.width + ' x ' + box.height)`);
}

for (const [name, view] of Object.entries(screens)) {
  test(`REQ-OTA-UI-01 ${name} is accessible by WCAG 2.2 AA in every look, and at 200 % zoom`, async () => {
    await check((look) => openWindow(browser, view, answers, look), name);
  });
}

for (const route of ['marks', 'fields', 'table']) {
  test(`REQ-OTA-UI-01 components are accessible by WCAG 2.2 AA in every look, and at 200 % zoom: ${route}`, async () => {
    await check((look) => openGallery(browser, route, look), `gallery-${route}`);
  });
}

test('REQ-OTA-UI-01 drawers are accessible by WCAG 2.2 AA in every look, and at 200 % zoom', async () => {
  await check(async (look) => {
    const open = await openWindow(browser, loggedInView, {}, look);
    await open.page.keyboard.press('F1');
    await open.page.locator('dl').waitFor();
    return open;
  }, 'help');
});

test('REQ-OTA-UI-01 dialogues are accessible by WCAG 2.2 AA in every look, and at 200 % zoom', async () => {
  await check(async (look) => {
    const open = await openGallery(browser, 'dialogs', look);
    await open.page.keyboard.press('Control+s');
    await open.page.getByRole('dialog').waitFor();
    return open;
  }, 'gallery-signing');
});

test('the fonts of the house are the ones that are shown', async () => {
  const { page, close } = await openGallery(browser, 'marks');
  const loaded = await page.evaluate<string[]>(
    `document.fonts.ready.then(() => [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family))`,
  );
  assert.ok(
    loaded.some((family) => family.includes('Plex Sans')) && loaded.some((family) => family.includes('Plex Mono')),
    loaded.join(),
  );
  await close();
});

test('axe finds a fault where there is one', async () => {
  const { page, close } = await openWindow(browser, openView);
  await page.evaluate(`document.querySelector('main').append(document.createElement('button'))`);
  assert.match((await findAxeFaults(page)).join(), /button-name/);
  await close();
});
