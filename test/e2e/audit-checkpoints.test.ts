import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { cosignByOpenssl } from '../helpers/openssl-witness.ts';
import { dropFile } from './support/give-file.ts';
import { takeLooks } from './support/looks.ts';
import { goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

test('REQ-OTA-AUD-01 an auditor writes a checkpoint out, and holds the log against what a witness has cosigned of it', async (t) => {
  const program = await openTraining(t);
  const { page, folder } = program;
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  await page.getByText(/Events 1 to \d+ are as they were signed/).waitFor();
  await takeLooks(page, 'audit-log');
  await page.keyboard.press('Control+e');
  await page.getByRole('heading', { name: 'Checkpoint', exact: true }).waitFor();
  const out = join(folder, 'out');
  mkdirSync(out);
  program.answer('open', [out]);
  await page.keyboard.press('Control+s');
  await page.getByText(/Written to out: checkpoint-\d+\.txt and station\.vkey/).waitFor();
  await page.getByText(/^It covers \d+ events\.$/).waitFor();
  await page.getByRole('button', { name: 'Show folder' }).waitFor();
  await takeLooks(page, 'audit-checkpoint');
  const name = readdirSync(out).find((file) => file.startsWith('checkpoint-')) ?? '';
  const size = Number(/\d+/.exec(name)?.[0]);
  const path = join(out, name);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  const drawer = page.getByRole('region', { name: 'Compare with a kept checkpoint' });
  await drawer.waitFor();
  program.answer('open', [path]);
  await page.keyboard.press('Control+o');
  await drawer.getByText(`The log still begins with the ${size} events that were signed.`).waitFor();
  await page.getByText(/^Nothing came after that\.$|^\d+ events? came after (it|them)\.$/).waitFor();
  await page.getByText(/^Signed by this station\. No witness/).waitFor();

  // A witness has cosigned it since; the key is dropped as a file, the checkpoint too.
  const { note, verifierKey } = cosignByOpenssl(folder, readFileSync(path, 'utf8'), 1_800_000_000);
  const cosigned = join(out, 'cosigned.txt');
  writeFileSync(cosigned, note);
  const keyPath = join(out, 'auditor.vkey');
  writeFileSync(keyPath, `${verifierKey}\n`);
  await dropFile(page, keyPath);
  await page.waitForFunction((key) => document.querySelector('textarea')?.value === key, verifierKey);
  await dropFile(page, path);
  await page.getByText('Not cosigned by auditor.example.').waitFor();
  await dropFile(page, cosigned);
  await page.getByText(/^Cosigned by auditor\.example on 15 Jan 2027/).waitFor();
  assert.equal(await page.getByText(/Not cosigned/).count(), 0);
  await takeLooks(page, 'audit-compare');

  // What nobody cosigned says so, and what was before is not left standing beside it.
  const forged = join(out, 'forged.txt');
  writeFileSync(forged, note.replace(`\n${size}\n`, `\n${size + 1}\n`));
  await dropFile(page, forged);
  await page.getByRole('alert').getByText('audit.note-signature-invalid').waitFor();
  assert.equal(await drawer.getByText(/still begins with/).count(), 0);
  // A line that is no key is a refusal too, and nothing that was typed is lost by closing the drawer.
  await page.getByLabel('Witness keys').fill('nonsense');
  program.answer('open', [cosigned]);
  await page.keyboard.press('Control+o');
  await page.getByRole('alert').getByText('audit.verifier-key-invalid').waitFor();
  await takeLooks(page, 'audit-compare-refused');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  assert.equal(await page.getByLabel('Witness keys').inputValue(), 'nonsense');
  await page.getByLabel('Witness keys').fill(Array.from({ length: 17 }, () => 'key').join('\n'));
  await page.getByText('At most 16 keys at once.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Choose another checkpoint' }).isDisabled());
});

test('a log that was put back to an older state is told from its checkpoint, in German', async (t) => {
  const first = await openTraining(t);
  await logIn(first, 'otto');
  const out = join(first.folder, 'out');
  mkdirSync(out);
  first.answer('open', [out]);
  const [chosen] = await ok(first.page, 'window.choose', { purpose: 'export-folder', several: false });
  for (let times = 0; times < 40; times += 1) await ok(first.page, 'audit.checkpoint', {});
  const { size } = await ok(first.page, 'audit.export-checkpoint', { folder: chosen?.ticket ?? '' });
  assert.equal(await first.close(), 0);

  // Another copy of the same station, as it was before.
  const program = await openTraining(t);
  const { page } = program;
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'light', paper: 'A4' });
  await logIn(program, 'otto');
  await goTo(program, 'audit', 'compare');
  await dropFile(page, join(out, `checkpoint-${size}.txt`));
  await page.getByRole('alert').getByText('Das Ende des Audit-Protokolls fehlt').waitFor();
  await takeLooks(page, 'audit-compare-de');
});
