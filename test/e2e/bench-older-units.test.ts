import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { takeLooks } from './support/looks.ts';
import { approvedBundle, goTo, logIn, ok, openTraining, prepareTraining, startJob } from './support/training-window.ts';

before(() => prepareTraining());

function cardAt(page: Page, port: string): Locator {
  return page.locator(`li[data-position="${port}"]`);
}

async function waitFor(page: Page, port: string, text: string | RegExp): Promise<void> {
  await cardAt(page, port).filter({ hasText: text }).waitFor({ timeout: 150_000 });
}

test('REQ-OTA-VER-01 REQ-OTA-UI-01 an older unit is read out of operation by a person’s word, and its update waits for the power switch', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  const serial = 'PUMP-0409';
  const pull = () => ok(page, 'training.connect', { serial, connected: false });
  const plug = () => ok(page, 'training.connect', { serial, connected: true });
  await approvedBundle(program);
  await goTo(program, 'bench');
  await page.getByLabel('Work order').fill('WO-1');
  await page.keyboard.press('Control+Shift+Y');
  const drawer = page.locator('#main aside');
  await drawer.getByText('Of an older series').waitFor();
  await takeLooks(page, 'training-units');
  await drawer.getByRole('button', { name: `Plug in: ${serial}` }).press('Enter');
  await waitFor(page, '1-9', 'In operation');
  await page.keyboard.press('Escape');

  // Nothing is done to it before a person says that it may be.
  await cardAt(page, '1-9').getByRole('button', { name: 'Stop and read…' }).press('Enter');
  const read = drawer.getByRole('button', { name: 'Take out of operation and read' });
  await read.waitFor();
  assert.equal(await read.isDisabled(), true);
  await takeLooks(page, 'read-out-of-operation');
  await drawer.getByLabel('may be taken out of operation now').press('Space');
  await page.keyboard.press('Control+Enter');
  await waitFor(page, '1-9', /Ready.*Out of operation/);
  await drawer.getByText('still out of operation').waitFor();

  // Back in operation by its switch, and what was read still counts.
  await pull();
  await plug();
  await waitFor(page, '1-9', /^(?!.*Out of operation).*Ready/);
  await page.keyboard.press('Escape');

  // The update asks for the switch in words of its own, and goes on when that was done.
  await cardAt(page, '1-9').locator('[data-next] button').press('Enter');
  await waitFor(page, '1-9', /Needs you.*Power off and on, same place.*Switch this unit off and on now/);
  assert.equal(await cardAt(page, '1-9').getByText('Do not unplug').count(), 0);
  await takeLooks(page, 'power-cycle');
  await pull();
  await plug();
  await cardAt(page, '1-9').getByText('Switch this unit off and on now').waitFor({ state: 'detached' });
  await waitFor(page, '1-9', /Switch this unit off and on now/);
  await pull();
  await plug();
  await waitFor(page, '1-9', /Confirmed.*Safe to unplug/);
});

test('REQ-OTA-VER-03 going back is refused without an approval, asked for, signed, confirmed by the unit’s name, and stands in the history', async (t) => {
  const program = await openTraining(t);
  const { page, folder, password } = program;
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'system', paper: 'A4' });
  const digest = await approvedBundle(program);
  assert.equal(
    (await ok(page, 'update.await', { id: (await startJob(page, '1-1', digest, 'WO-1')).id })).state,
    'confirmed',
  );
  program.answer('open', [join(folder, 'data-training', 'bundles', '3 pump 2.2.0 older release.zip')]);
  const [file] = await ok(page, 'window.choose', { purpose: 'bundle', several: false });
  assert.ok(file);
  const older = (await ok(page, 'bundle.import', { path: file.ticket })).bundle.digest;

  // Started as if it were an update, the station refuses, and the card says what to do.
  await goTo(program, 'bench');
  await ok(page, 'update.await', { id: (await startJob(page, '1-2', older, 'WO-1')).id });
  await waitFor(page, '1-2', /Abgelehnt.*nichts geschrieben/);
  await page.getByLabel('Arbeitsauftrag').fill('WO-1');
  await cardAt(page, '1-1').locator('[data-next] button').focus();
  await page.keyboard.press('F2');
  const drawer = page.locator('#main aside');
  await drawer.getByText('0 von 1 Freigaben für dieses Gerät').waitFor();
  const install = drawer.getByRole('button', { name: '2.2.0 installieren…' });
  assert.equal(await install.isDisabled(), true);
  await install.scrollIntoViewIfNeeded();
  await takeLooks(page, 'going-back-de');

  // Who approves reads what the bench asks for in the form, and writes the reason.
  await logIn(program, 'ines');
  await drawer.getByText('0 von 1 Freigaben für dieses Gerät').waitFor();
  await page.keyboard.press('Control+Shift+A');
  await page.getByText('Ausgefüllt mit dem, was an der Werkbank gebraucht wird.').waitFor();
  await page.getByLabel('Arbeitsauftrag').fill('WO-1');
  await page.getByLabel('Warum es zurück muss').fill('Alarm too quiet in 2.4.0');
  await takeLooks(page, 'going-back-approval-de');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').locator('input[data-secret]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const [signed] = await ok(page, 'approval.list', { bundleDigest: older });
  assert.deepEqual(signed?.scope, { serials: ['PUMP-0401'], workOrder: 'WO-1' });
  assert.deepEqual(signed.downgrade, { fromVersionAtMost: 4, toVersion: 2, reason: 'Alarm too quiet in 2.4.0' });
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  await cardAt(page, '1-1').locator('[data-next] button').focus();
  await page.keyboard.press('F2');
  await page.getByLabel('Arbeitsauftrag').fill('WO-1');
  await drawer.getByText('Für dieses Gerät freigegeben.').waitFor();
  await page.keyboard.press('Control+Shift+D');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('läuft mit Version 4 und bekommt Version 2').waitFor();
  await takeLooks(page, 'going-back-dialog-de');
  await dialog.getByRole('textbox').fill('PUMP-0401');
  await page.keyboard.press('Enter');
  await waitFor(page, '1-1', /Rückstufung/);
  await waitFor(page, '1-1', /Bestätigt/);
  const [last] = await ok(page, 'update.list', { serial: 'PUMP-0401', openOnly: false, before: null, limit: 1 });
  assert.deepEqual([last?.kind, last?.state, last?.versionAfter], ['downgrade', 'confirmed', 2]);
  await goTo(program, 'history', last?.id ?? '');
  await page.getByText('Rückstufung').first().waitFor();
});
