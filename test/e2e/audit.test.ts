import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { takeLooks } from './support/looks.ts';
import { goTo, logIn, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

test('REQ-OTA-AUD-02 an auditor reads the log in sentences, verifies it whole, and takes a checkpoint away', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  await page
    .getByRole('row', { name: /otto logged in as otto\..*Done/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText(/Nothing was changed: \d+ events and \d+ signed checkpoints/).waitFor();
  await page.getByRole('row', { name: /otto verified the whole log/ }).click();
  await page.getByText(/"type": "audit.verified"/).waitFor();
  await takeLooks(page, 'audit');
  await page.keyboard.press('Control+e');
  await page.getByText(/^drydock\/[^+]+\n\d+\n/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByLabel('Outcome').selectOption('failed');
  await page.getByRole('heading', { name: 'No event fits this choice' }).waitFor();
  await page.keyboard.press('Control+Shift+A');
  await page.getByRole('row', { name: /took a checkpoint/ }).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
});
