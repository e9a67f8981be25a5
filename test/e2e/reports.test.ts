import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { tempFolder } from '../helpers/temp-folder.ts';
import { takeLooks } from './support/looks.ts';
import { approvedBundle, goTo, logIn, ok, openTraining, prepareTraining, startJob } from './support/training-window.ts';

before(() => prepareTraining());

test('REQ-OTA-RPT-01 REQ-OTA-RPT-02 an auditor writes the report of a period, finds it in the list, and verifies it in the window; a changed one fails', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  page.setDefaultTimeout(60_000);
  const bundle = await approvedBundle(program);
  const { id } = await startJob(page, '1-1', bundle, 'WO-1');
  await ok(page, 'update.await', { id });
  await logIn(program, 'otto');
  await goTo(program, 'reports');
  await page.getByRole('heading', { name: 'No reports yet' }).waitFor();

  await page.keyboard.press('Control+Enter');
  await page.getByLabel('Period', { exact: true }).selectOption('own');
  await page.getByLabel('First day').fill('2026-11-02');
  await page.getByLabel('Last day').fill('2026-11-01');
  await page.getByText('This day is before the first one.').waitFor();
  assert.ok(await page.getByRole('button', { name: /Write report/ }).isDisabled());
  await page.getByLabel('Period', { exact: true }).selectOption('today');
  const folder = tempFolder(t);
  program.answer('open', [folder]);
  await page.keyboard.press('Control+e');
  await page
    .getByText(/The report was written to the folder/)
    .first()
    .waitFor();
  await page
    .getByRole('row', { name: /otto/ })
    .or(page.getByRole('row', { name: / to / }))
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /otto.*DR-TRAINING-jobs-/ }).click();
  await page.getByText(/^openssl pkey -pubin/).waitFor();

  const [json] = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(json);
  await page.keyboard.press('Control+Shift+V');
  await page.getByRole('heading', { level: 1, name: 'Verify a report' }).waitFor();
  program.answer('open', [join(folder, json)]);
  await page.keyboard.press('Control+o');
  await page.locator('main').locator('.mark.card, .notice').first().waitFor();
  assert.match(await page.locator('main').innerText(), /The report is genuine/);
  await page.getByText('Made in training: it proves nothing about real equipment').waitFor();
  await takeLooks(page, 'reports-genuine');

  // Against another station's key, and once changed: not genuine, with the check that failed.
  await page.getByLabel('The report must be signed by').selectOption('other');
  assert.ok(await page.getByRole('button', { name: /Choose report/ }).isDisabled());
  await page.getByLabel('Key of that station (SHA-256)').fill('0'.repeat(64));
  program.answer('open', [join(folder, json)]);
  await page.keyboard.press('Control+o');
  await page.getByRole('alert').getByText('Another station has signed this report').waitFor();
  const text = readFileSync(join(folder, json), 'utf8');
  writeFileSync(join(folder, json), text.replace('Otto', 'Olaf'));
  await page.getByLabel('The report must be signed by').selectOption('own');
  program.answer('open', [join(folder, json)]);
  await page.keyboard.press('Control+o');
  await page.getByRole('alert').getByText('report.signature-invalid').waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /The report is genuine/);
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'system', paper: 'A4' });
  await takeLooks(page, 'reports-failed');
  assert.ok(!(await page.content()).includes(folder), 'the page knows no path');
});
