import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { VirtualDepot } from '../helpers/virtual-depot.ts';
import { dropFile } from './support/give-file.ts';
import { takeLooks } from './support/looks.ts';
import { goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

function fileIn(folder: string, pattern: RegExp): string {
  return join(folder, readdirSync(folder).find((name) => pattern.test(name)) ?? 'nothing');
}

test('REQ-OTA-AUD-01 two stations cosign each other in the window, by files, and each key is typed back once', async (t) => {
  const other = await VirtualDepot.set(t);
  const { ownLogKey, ownWitnessKey } = await other.call('auditor', 'audit.witnesses', {});
  const program = await openTraining(t);
  const { page, folder } = program;
  const [there, back, home] = ['there', 'back', 'home'].map((name) => join(folder, name));
  assert.ok(there !== undefined && back !== undefined && home !== undefined);
  for (const one of [there, back, home]) mkdirSync(one);
  await logIn(program, 'ada');
  await goTo(program, 'audit');
  await page.keyboard.press('Control+g');
  await page.getByRole('heading', { name: 'Nobody has cosigned this log yet' }).waitFor();
  const own = (await ok(page, 'audit.witnesses', {})).ownLogKey;
  await page.getByText(own.keySha256.slice(0, 4), { exact: false }).first().waitFor();
  await takeLooks(page, 'audit-witnesses-empty');

  // The request goes out; the other station confirms this one's key and cosigns.
  await page.keyboard.press('Control+e');
  await page.getByRole('heading', { name: 'Ask for a cosignature' }).waitFor();
  await page.getByLabel('Events that the witness has cosigned').fill('many');
  await page.getByText('This is not a number of events.').waitFor();
  await page.getByLabel('Events that the witness has cosigned').fill('');
  program.answer('open', [there]);
  await page.keyboard.press('Control+s');
  await page.getByText(/^\d+ events are to be cosigned; the witness has seen 0\.$/).waitFor();
  await takeLooks(page, 'audit-request');
  await page.keyboard.press('Escape');
  const { verifierKey, keySha256: typedFingerprint } = own;
  await other.call('administrator', 'audit.confirm-key', { verifierKey, typedFingerprint });
  await other.call('auditor', 'audit.cosign', { path: fileIn(there, /request$/), folder: back });

  // What comes back counts only when the witness's key was typed back.
  await dropFile(page, fileIn(back, /^cosigned/));
  await page.getByRole('alert').getByText('audit.cosignature-missing').waitFor();
  await dropFile(page, fileIn(back, /\.vkey$/));
  await page.getByRole('heading', { name: 'The key of a witness: its cosignatures will count' }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  const confirm = page.getByRole('button', { name: /^Confirm key/ });
  assert.ok(await confirm.isDisabled());
  await page.getByLabel('Fingerprint from the other station').fill(`${ownWitnessKey.keySha256.slice(0, 63)}x`);
  await page.getByText(/^Digit 64 differs from the file\./).waitFor();
  await takeLooks(page, 'audit-confirm-key');
  await page.getByLabel('Fingerprint from the other station').fill(ownWitnessKey.keySha256);
  await page.keyboard.press('Control+Enter');
  await confirm.waitFor({ state: 'detached' });
  program.answer('open', [fileIn(back, /^cosigned/)]);
  await page.keyboard.press('Control+o');
  await page.getByText(/^Taken in: it covers \d+ of \d+ events\.$/).waitFor();
  const mine = page.getByRole('region', { name: 'Who cosigned this log' });
  await mine.getByText(ownWitnessKey.name).waitFor();
  await mine.getByText(/^\d+ of \d+ events$/).waitFor();

  // The other way round: this station is the witness.
  await other.call('auditor', 'audit.request-cosignature', { folder: home, witness: null, from: null });
  const request = fileIn(home, /request$/);
  program.answer('open', [request]);
  program.answer('open', [home]);
  await page.keyboard.press('Control+Shift+E');
  await page.getByRole('alert').getByText('audit.witness-log-unknown').waitFor();
  await page.keyboard.press('Control+Shift+P');
  program.answer('open', [join(home, 'station.vkey')]);
  await page.keyboard.press('Control+Shift+O');
  await page.getByLabel('Fingerprint from the other station').fill(ownLogKey.keySha256);
  await page.keyboard.press('Control+Enter');
  await confirm.waitFor({ state: 'detached' });
  program.answer('open', [home]);
  await dropFile(page, request);
  await page.getByText(/^\d+ events of drydock\/\S+ are cosigned; 0 were before\.$/).waitFor();
  assert.match(readFileSync(fileIn(home, /^cosigned/), 'utf8'), new RegExp(`^${ownLogKey.name}\n`));
  await page
    .getByRole('region', { name: 'Logs that this station has cosigned' })
    .getByText(ownLogKey.name, { exact: true })
    .waitFor();
  await takeLooks(page, 'audit-witnesses');
  await page.getByRole('heading', { name: 'Keys of this station' }).scrollIntoViewIfNeeded();
  await takeLooks(page, 'audit-witness-keys');

  // A key that is removed by its digits counts no longer.
  await page.getByRole('button', { name: `Remove the key of ${ownWitnessKey.name}` }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(ownWitnessKey.keySha256.slice(0, 8));
  await page.keyboard.press('Enter');
  await mine.getByText('Does not count').waitFor();
});

test('an auditor sees who cosigned, confirms no key, and all of it speaks German', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'light', paper: 'A4' });
  await logIn(program, 'otto');
  await goTo(program, 'audit', 'witnesses');
  await page.getByText('Schlüssel bestätigt nur ein Administrator.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Schlüssel bestätigen' }).count(), 0);
  await page.getByRole('button', { name: /^Um Gegenzeichnung bitten/ }).click();
  await takeLooks(page, 'audit-witnesses-de');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: 'Audit-Protokoll' }).waitFor();
});
