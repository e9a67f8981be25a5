import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, test } from 'node:test';
import type { Page } from 'playwright';
import { tempFolder } from '../helpers/temp-folder.ts';
import { takeLooks, takeLooksAsItStands } from './support/looks.ts';
import {
  goTo,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  trainingPassword as password,
  typeLogIn,
  type TrainingProgram,
} from './support/training-window.ts';

const packages = fileURLToPath(new URL('../fixtures/trust-package/packages/', import.meta.url));
const fileOf = (name: string): Buffer => readFileSync(join(packages, name));

before(() => prepareTraining());

async function goToTrust(program: TrainingProgram, username: string): Promise<void> {
  await logIn(program, username);
  await goTo(program, 'trust');
}

/** Another person sits down at the window, as it stands. */
async function handOver(program: TrainingProgram, username: string): Promise<void> {
  const { page } = program;
  await page.keyboard.press('F9');
  await typeLogIn(program, username);
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+9');
}

async function chooseDocument(program: TrainingProgram, name: string): Promise<void> {
  program.answer('open', [join(packages, `${name}.json`)]);
  await program.page.keyboard.press('Control+o');
  await program.page.getByText(`${name}.json`).waitFor();
}

async function chooseSignature(program: TrainingProgram, name: string): Promise<void> {
  program.answer('open', [join(packages, `${name}.p7s`)]);
  await program.page.keyboard.press('Control+Shift+S');
  await program.page.getByText(`with ${name}.p7s`).waitFor();
}

async function choosePackage(program: TrainingProgram, name: string): Promise<void> {
  await chooseDocument(program, name);
  await chooseSignature(program, name);
}

async function sign(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog').locator('input[data-secret]').fill(typed);
  await page.keyboard.press('Enter');
}

test('REQ-OTA-SIG-05 REQ-OTA-UI-01 a trust package is proposed from its files, rejected and approved by a second person, and written out for another station', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  const drawer = page.locator('#main aside');
  const review = page.getByRole('button', { name: 'Review acme-pumps' });
  const versions = async (): Promise<readonly number[]> =>
    (await ok(page, 'trust.show', {})).packages.map(({ version }) => version);

  // A document without its signature, a vendor that nobody knows, and another fingerprint than the vendor said: nothing is proposed.
  await goToTrust(program, 'ada');
  await page.keyboard.press('Control+Shift+P');
  const propose = drawer.getByRole('button', { name: 'Verify and propose' });
  await chooseDocument(program, 'v1');
  await drawer.getByText('Its signature is missing').waitFor();
  assert.ok(await propose.isDisabled());
  await chooseSignature(program, 'v1');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('trust.package-family').waitFor();
  await drawer.getByLabel('The package is').selectOption('first');
  const sha256 = createHash('sha256').update(fileOf('v1.json')).digest('hex');
  const typed = drawer.getByLabel('SHA-256 of the document');
  await typed.fill(`${sha256[0] === '0' ? '1' : '0'}${sha256.slice(1)}`);
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('trust.fingerprint-mismatch').waitFor();
  await takeLooks(page, 'trust-propose-refused');
  await page.keyboard.press('Escape');
  assert.deepEqual((await ok(page, 'trust.show', {})).proposals, []);
  await page.keyboard.press('Control+Shift+P');
  await typed.fill(sha256);
  await page.keyboard.press('Control+Enter');
  await drawer.getByRole('heading', { name: 'Review acme-pumps' }).waitFor();
  await page.getByText('Trust change waits').waitFor();

  // Whoever proposed it does not approve it, and nothing typed is lost by Esc.
  await sign(page, password);
  await page.getByRole('dialog').getByText('trust.second-person').waitFor();
  await takeLooks(page, 'trust-second-person');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await drawer.getByLabel('Why it is rejected').fill('Not the letter’s number');
  await page.keyboard.press('Escape');
  await review.press('Enter');
  assert.equal(await drawer.getByLabel('Why it is rejected').inputValue(), 'Not the letter’s number');
  await takeLooks(page, 'trust-proposal');

  await handOver(program, 'tom');
  await review.press('Enter');
  await drawer.getByText('Package (SHA-256)').waitFor();
  assert.equal(await drawer.getByRole('button', { name: /^Sign|^Reject/ }).count(), 0);
  await handOver(program, 'ines');
  await review.press('Enter');
  assert.equal(await drawer.getByLabel('Why it is rejected').inputValue(), '');
  assert.ok(await drawer.getByRole('button', { name: 'Reject change' }).isDisabled());
  await drawer.getByLabel('Why it is rejected').fill('The letter has another number');
  await page.keyboard.press('Control+Shift+R');
  await review.waitFor({ state: 'detached' });
  assert.deepEqual(await versions(), []);

  // Proposed anew, and approved with the right password only.
  await goToTrust(program, 'ada');
  await page.keyboard.press('Control+Shift+P');
  await choosePackage(program, 'v1');
  await drawer.getByLabel('The package is').selectOption('first');
  await typed.fill(sha256);
  await page.keyboard.press('Control+Enter');
  await review.waitFor();
  await goToTrust(program, 'ines');
  await review.press('Enter');
  await sign(page, 'not the password at all');
  await page.getByRole('dialog').getByText('operator.password-wrong').waitFor();
  assert.deepEqual(await versions(), []);
  // After a wrong password the station makes everybody wait for a moment.
  while ((await versions()).length === 0) {
    await page.getByRole('dialog').locator('input[data-secret]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
  }
  await page.getByRole('heading', { name: 'acme-pumps, version 1' }).waitFor();

  // The next version is proposed without a fingerprint; one that another key has signed is not.
  await goToTrust(program, 'ada');
  await page.keyboard.press('Control+Shift+P');
  await choosePackage(program, 'v2-by-code-signer');
  await page.keyboard.press('Control+Enter');
  await drawer.getByRole('alert').waitFor();
  assert.deepEqual((await ok(page, 'trust.show', {})).proposals, []);
  await choosePackage(program, 'v2');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('Root: new').waitFor();
  await drawer.getByText('root-b, for acme.pump').waitFor();
  assert.equal(await drawer.getByText('Root: unchanged').count(), 2);
  await page.keyboard.press('Escape');

  // What is trusted is written out byte for byte; another file in its place is not overwritten.
  const folder = tempFolder(t);
  const exported = page.getByRole('button', { name: 'Export the package of acme-pumps' });
  program.answer('open', [folder]);
  await exported.press('Enter');
  await page
    .locator('main')
    .getByText(/^4 files were written to the folder/)
    .waitFor();
  for (const ending of ['json', 'p7s'])
    assert.deepEqual(readFileSync(join(folder, `acme-pumps-1.${ending}`)), fileOf(`v1.${ending}`));
  assert.equal(readdirSync(folder).filter((name) => name.endsWith('.pem')).length, 2);
  writeFileSync(join(folder, 'acme-pumps-1.p7s'), 'another');
  program.answer('open', [folder]);
  await exported.press('Enter');
  await page.getByText('station.file-exists').waitFor();
  await page.getByText('There is another file of that name').scrollIntoViewIfNeeded();
  await takeLooks(page, 'trust-export-refused');
  assert.equal(readFileSync(join(folder, 'acme-pumps-1.p7s'), 'utf8'), 'another');
  program.answer('open', [folder]);
  await page.getByRole('button', { name: 'Export what was pinned by hand' }).press('Enter');
  await page
    .locator('main')
    .getByText(/^2 files were written to the folder/)
    .waitFor();

  await ok(page, 'window.set-preferences', { language: 'de', theme: 'system', paper: 'A4' });
  await page.getByRole('button', { name: 'Paket von acme-pumps exportieren' }).waitFor();
  await page.getByRole('button', { name: 'acme-pumps prüfen' }).press('Enter');
  await drawer.getByText('Wurzel: neu').waitFor();
  await takeLooksAsItStands(page, 'trust-proposal-de');
});
