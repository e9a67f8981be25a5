import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright';
import { expect } from 'playwright/test';
import { launchChromium } from './support/chromium.ts';
import { findCutOff } from './support/find-cut-off.ts';
import { openGallery } from './support/window-page.ts';

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

let stampedUntil = 0;

/** Where the stamps of the next keys begin, in seconds: a second after those of the keys before, however fast they were sent. */
function nextStamp(lastsSeconds: number): number {
  const begins = Math.max(Date.now() / 1000, stampedUntil + 1);
  stampedUntil = begins + lastsSeconds;
  return begins;
}

/** Sends keys as a wedge does: without a pause. A page's own clock stamps them, so that the speed is that of the machine. */
async function scan(page: Page, text: string, end: 'Enter' | 'none' = 'Enter'): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const keys = Array.from(text)
    .map((key) => ({ key, text: key }))
    .concat(end === 'Enter' ? [{ key: 'Enter', text: '\r' }] : []);
  const base = nextStamp(keys.length * 0.004);
  await Promise.all(
    keys.flatMap((key, at) => [
      cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp: base + at * 0.004 }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, timestamp: base + at * 0.004 + 0.001 }),
    ]),
  );
}

/** Types as a person does, by the stamps of the keys: one every 150 ms. */
async function typeSlowly(page: Page, text: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const base = nextStamp(text.length * 0.15);
  for (const [at, key] of Array.from(text).entries()) {
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key, timestamp: base + at * 0.15 });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp: base + at * 0.15 + 0.05 });
  }
}

test('REQ-OTA-UI-01 a scan fills the work order wherever the focus is, and the field that had it keeps what it held', async () => {
  const { page, complaints, close } = await openGallery(browser, 'fields');
  const note = page.getByLabel('Note');
  await note.focus();
  await typeSlowly(page, 'left hinge');
  await scan(page, 'WO-2026-17');
  await expect(page.getByLabel('Work order')).toHaveValue('WO-2026-17');
  assert.equal(await note.inputValue(), 'left hinge');
  assert.deepEqual(complaints, []);
  await close();
});

test('REQ-OTA-UI-01 a scan into the work order itself replaces it, and does not press Enter', async () => {
  const { page, close } = await openGallery(browser, 'fields');
  const order = page.getByLabel('Work order');
  await order.fill('old');
  await scan(page, 'WO-2026-18');
  await expect(page.getByLabel('Work order')).toHaveValue('WO-2026-18');
  await close();
});

test('REQ-OTA-UI-01 the word of a state is whole in a row of a table, in both languages', async () => {
  const { page, close } = await openGallery(browser, 'table-marks');
  assert.ok((await page.getByRole('gridcell').count()) > 30);
  assert.deepEqual(await findCutOff(page), []);
  await close();
});

test('a scan while a button has the focus does not press it, nor run a key that is one character', async () => {
  const { page, close } = await openGallery(browser, 'fields');
  await page.getByRole('button', { name: 'Press' }).focus();
  await scan(page, 'x0-2026 x7');
  await expect(page.getByLabel('Work order')).toHaveValue('x0-2026 x7');
  assert.equal(await page.locator('#pressed').innerText(), '0');
  await close();
});

test('typing in a field stays typing, and Enter stays Enter', async () => {
  const { page, close } = await openGallery(browser, 'fields');
  await page.getByLabel('Note').focus();
  await typeSlowly(page, 'a note with x');
  assert.equal(await page.getByLabel('Note').inputValue(), 'a note with x');
  assert.equal(await page.getByLabel('Work order').inputValue(), '');
  await page.getByRole('button', { name: 'Press' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#pressed').innerText(), '1');
  await close();
});

test('a burst in a password field is left alone: it may be the password', async () => {
  const { page, close } = await openGallery(browser, 'fields');
  await page.locator('input[data-secret]').focus();
  await scan(page, 'card-password-1234');
  assert.equal(await page.locator('input[data-secret]').inputValue(), 'card-password-1234');
  assert.equal(await page.getByLabel('Work order').inputValue(), '');
  await close();
});

test('a scan with an AIM identifier needs no Enter', async () => {
  const { page, close } = await openGallery(browser, 'fields');
  await scan(page, ']C1INF-0417', 'none');
  await expect(page.getByLabel('Work order')).toHaveValue('INF-0417');
  await close();
});

test('a bare character is a shortcut only outside of fields and while it is switched on', async () => {
  const { page, close } = await openGallery(browser, 'fields');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('x');
  await expect(page.locator('#pressed')).toHaveText('100');
  await page.getByRole('checkbox').uncheck();
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Press' }).click();
  await expect(page.locator('#pressed')).toHaveText('101');
  await close();
});

test('a long table keeps few rows in the page, is one stop of Tab, and opens the active row by Enter', async () => {
  const { page, close } = await openGallery(browser, 'table');
  const grid = page.getByRole('grid', { name: 'Jobs' });
  await grid.focus();
  assert.ok((await page.getByRole('row').count()) < 40);
  assert.equal(await grid.getAttribute('aria-rowcount'), '5001');
  await page.keyboard.press('End');
  await page.getByText('SN-5999').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'job-4998' }).waitFor();
  const active = await grid.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`[id="${String(active)}"]`).getAttribute('aria-rowindex'), '5000');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('heading', { name: 'job-4998' }).count(), 0);
  assert.equal(await page.evaluate('document.activeElement.getAttribute("role")'), 'grid');
  await close();
});

test('a signature asks for the password each time, and Esc loses nothing but the password', async () => {
  const { page, close } = await openGallery(browser, 'dialogs');
  await page.keyboard.press('Control+s');
  await page.getByLabel('Meaning').fill('Reviewed and approved');
  await page.locator('input[data-secret]').fill('wrong');
  await page.keyboard.press('Enter');
  assert.match(await page.getByRole('alert').innerText(), /operator\.password-wrong/);
  assert.equal(await page.locator('input[data-secret]').inputValue(), '');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.keyboard.press('Control+s');
  assert.equal(await page.getByLabel('Meaning').inputValue(), 'Reviewed and approved');
  await page.locator('input[data-secret]').fill('right');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await close();
});

test('REQ-OTA-OPR-01 a signature asks for a code beside the password where the station does', async () => {
  const { page, close } = await openGallery(browser, 'dialogs');
  await page.keyboard.press('Control+s');
  await page.locator('input[data-secret]').fill('right with a code');
  await page.keyboard.press('Enter');
  const code = page.getByLabel('Code from your authenticator app');
  await code.waitFor();
  assert.ok(await page.getByRole('button', { name: 'Sign approval' }).isDisabled());
  await page.keyboard.press('Control+b');
  await page.locator('input[autocomplete="current-password"]').fill('right with a code');
  await page.keyboard.press('Enter');
  await code.waitFor();
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await close();
});

test('below an open dialogue no key works', async () => {
  const { page, close } = await openGallery(browser, 'dialogs');
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+b');
  await expect(page.locator('#pressed')).toHaveText('1');
  await close();
});

test('danger asks for the name of the thing, letter by letter', async () => {
  const { page, close } = await openGallery(browser, 'dialogs');
  await page.getByRole('button', { name: 'Remove root' }).click();
  const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove root' });
  await page.keyboard.type('Acme');
  assert.ok(await remove.isDisabled());
  await page.keyboard.type(' rot');
  await page.getByText('This is not Acme root yet.').waitFor();
  await page.getByRole('textbox').fill('Acme root');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await close();
});

test('a digest is shown by its ends, whole on demand, and copied whole', async () => {
  const { page, close } = await openGallery(browser, 'marks');
  const digest = page.locator('.digest');
  assert.equal(await digest.locator('code').innerText(), '9f86 d081 … b0f0 0a08');
  await digest.getByRole('button', { name: /Show all/ }).click();
  assert.match(await digest.locator('code').innerText(), /^9f86 d081 884c 7d65/);
  await digest.getByRole('button', { name: 'Copy Bundle digest' }).click();
  // The page may not read the clipboard; a person pastes.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' })));
  await page.locator('#paste').press('ControlOrMeta+V');
  assert.equal(
    await page.locator('#paste').inputValue(),
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  );
  await close();
});

test('a time is local, and UTC on hover', async () => {
  const { page, close } = await openGallery(browser, 'marks');
  const time = page.locator('time');
  assert.equal(await time.innerText(), '29 Nov 2026, 11:05 CET');
  assert.equal(await time.getAttribute('title'), '2026-11-29 10:05:00 UTC');
  await close();
});
