import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { before, test } from 'node:test';
import type { Page } from 'playwright';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import { dropFile } from './support/give-file.ts';
import { takeLooks } from './support/looks.ts';
import { goTo, logIn, ok, openTraining, prepareTraining, type TrainingProgram } from './support/training-window.ts';

before(() => prepareTraining());

const defaults = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../resources/default-policy.json', import.meta.url)), 'utf8'),
) as PolicyDocument;

/** One rule weaker, one stricter, and one neither. */
const draft: PolicyDocument = {
  ...defaults,
  signatures: { threshold: 2 },
  approvals: { ...defaults.approvals, validForHours: defaults.approvals.validForHours + 24 },
  selfTest: { ...defaults.selfTest, timeoutSeconds: defaults.selfTest.timeoutSeconds + 30 },
};

function write(program: TrainingProgram, content: object): string {
  const path = join(program.folder, 'draft.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** Puts a file in front of whoever is asked for one. */
function offer(program: TrainingProgram, content: object): void {
  program.answer('open', [write(program, content)]);
}

/** The rules that change, as they are marked. */
async function effects(page: Page): Promise<readonly string[]> {
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: 'What changes' }) });
  return await section.locator('.mark').allTextContents();
}

test('REQ-OTA-POL-01 whoever may read the rules reads them in plain words, and sees of a draft what gets weaker; signing it is not theirs', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  page.setDefaultTimeout(15_000);
  await logIn(program, 'otto');
  await goTo(program, 'policy');
  await page.getByText('A bundle needs the signature of 1 signer.').waitFor();
  await page
    .getByText('Whoever imported the bundle may not approve it.')
    .or(page.getByText('Whoever imported the bundle may approve it.'))
    .waitFor();
  await page.getByText('None: these are the first rules of this station.').waitFor();
  await takeLooks(page, 'policy');

  // A file that is no policy: the station says which field is wrong, and nothing is open to be signed.
  offer(program, { ...draft, approvals: { ...draft.approvals, required: 9 } });
  await page.keyboard.press('Control+o');
  const alert = page.getByRole('alert');
  await alert.getByText('The policy does not have its documented form').waitFor();
  await alert.getByText(/approvals\.required/).waitFor();
  await alert.getByText('policy.document-invalid', { exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Sign draft/ }).count(), 0);

  offer(program, draft);
  await page.keyboard.press('Control+o');
  await page.getByText('1 rule becomes weaker').waitFor();
  assert.deepEqual(
    (await effects(page)).map((text) => text.trim()),
    ['Weaker', 'Different', 'Stricter'],
  );
  await page.getByText('A bundle needs the signatures of 2 different signers.').waitFor();
  await page.getByText('A bundle needs the signature of 1 signer.').waitFor();
  assert.ok(await page.getByRole('button', { name: /Sign draft/ }).isDisabled());
  await page.getByText('Only an administrator puts rules in force.', { exact: false }).waitFor();
  assert.ok(!(await page.content()).includes(program.folder), 'the page knows no path');
});

test('REQ-OTA-POL-01 an administrator signs a draft as it was shown, and brings the earlier rules back the same way', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  page.setDefaultTimeout(15_000);
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'system', paper: 'A4' });
  await logIn(program, 'ada');
  const first = await ok(page, 'policy.show', { product: '*' });
  await goTo(program, 'policy');
  await page.getByRole('button', { name: /Entwurf prüfen/ }).waitFor();
  // Ada may import bundles too, and those may be dropped anywhere; here a file is for the place that is open.
  await dropFile(page, write(program, draft));
  await page.getByText('1 Regel wird schwächer', { exact: false }).first().waitFor();
  await takeLooks(page, 'policy-draft');

  // Without a reason nothing is signed; a wrong password signs nothing; what was typed stays.
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Ihr Passwort').fill('nicht mein Passwort');
  assert.ok(await dialog.getByRole('button', { name: /unterschreiben/ }).isDisabled());
  await dialog.getByLabel('Warum sich die Regeln ändern').fill('Der Hersteller unterschreibt doppelt');
  await page.keyboard.press('Enter');
  await dialog.getByText('operator.password-wrong').waitFor();
  assert.equal((await ok(page, 'policy.show', { product: '*' })).digest, first.digest);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s');
  assert.equal(
    await dialog.getByLabel('Warum sich die Regeln ändern').inputValue(),
    'Der Hersteller unterschreibt doppelt',
  );
  await takeLooks(page, 'policy-sign');
  // After a wrong password the station makes everybody wait for a moment.
  while ((await ok(page, 'policy.show', { product: '*' })).digest === first.digest) {
    await dialog.getByLabel('Ihr Passwort').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
  }
  await page.getByRole('heading', { level: 1, name: 'Richtlinie', exact: true }).waitFor();
  await page.getByText('Ein Bundle braucht die Unterschriften von 2 verschiedenen Unterzeichnern.').waitFor();
  await page.getByText('Ada Moreno', { exact: true }).first().waitFor();
  const second = await ok(page, 'policy.show', { product: '*' });
  assert.deepEqual(second.document, draft);

  await page.getByRole('button', { name: /Regeln vom/ }).click();
  await page.getByText('Sie sehen zuerst', { exact: false }).waitFor();
  await takeLooks(page, 'policy-version');
  await page.keyboard.press('Control+Enter');
  await page.getByText('einer früheren Version dieser Station').waitFor();
  assert.deepEqual(
    (await page.locator('section li .mark').allTextContents()).map((text) => text.trim()),
    ['Schwächer', 'Anders', 'Strenger'],
  );
  await page.keyboard.press('Control+s');
  await dialog.getByLabel('Warum sich die Regeln ändern').fill('Zurück');
  await dialog.getByLabel('Ihr Passwort').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Richtlinie', exact: true }).waitFor();
  await page.getByText('Ein Bundle braucht die Unterschrift von 1 Unterzeichner.').waitFor();
  assert.equal((await ok(page, 'policy.show', { product: '*' })).digest, first.digest);
});
