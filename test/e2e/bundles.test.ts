import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { takeLooks } from './support/looks.ts';
import { dropFile } from './support/give-file.ts';
import { bundleFile, goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

const heading = { level: 1 } as const;

test('REQ-OTA-UI-01 a bundle is imported by keyboard alone, and its page says who signed it, until when and down to which root', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'tom');
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { ...heading, name: 'Bundles' }).waitFor();
  await page.getByRole('heading', { name: 'No bundles yet' }).waitFor();
  await takeLooks(page, 'bundles-empty');

  program.answer('open', [bundleFile(program, '1 pump 2.4.0.zip')]);
  await page.keyboard.press('Control+o');
  await page.getByRole('heading', { ...heading, name: 'Drydock virtual infusion pump 2.4.0' }).waitFor();
  const [bundle] = await ok(page, 'bundle.list', {});
  assert.ok(bundle);
  const main = page.locator('main');
  await page.getByText(/signed this bundle under the root “.*”\. It is valid until /).waitFor();
  const text = await main.innerText();
  assert.match(text, /0 of \d approvals/);
  assert.ok(text.includes(bundle.digest.slice(0, 4)));
  assert.match(text, /No other bundle of this product/);
  await takeLooks(page, 'bundle-page');

  await page.keyboard.press('Escape');
  await page.getByRole('heading', { ...heading, name: 'Bundles' }).waitFor();
  const row = page.getByRole('row', { name: /Release 2\.4\.0, version 4/ });
  await row.waitFor();
  await takeLooks(page, 'bundles-list');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { ...heading, name: 'Drydock virtual infusion pump 2.4.0' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { ...heading, name: 'Drydock virtual infusion pump 2.4.0' }).waitFor();

  program.answer('open', [bundleFile(program, '1 pump 2.4.0.zip')]);
  await goTo(program, 'bundles');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+o');
  await page.getByText('This bundle was here already.').waitFor();
});

test('REQ-OTA-UI-01 REQ-OTA-MAN-03 a file that is dropped anywhere and refused gets a page: which check, what it means, what to do, nothing kept', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'tom');
  await goTo(program, 'history');
  await page.getByRole('heading', { ...heading, name: 'History' }).waitFor();
  await dropFile(page, bundleFile(program, '6 pump 2.4.0 tampered with.zip'));
  await page.getByRole('heading', { ...heading, name: 'This file was not imported' }).waitFor();
  const text = await page.locator('main').innerText();
  assert.match(text, /6 pump 2\.4\.0 tampered with\.zip did not pass\. Nothing of it was kept/);
  assert.match(text, /The contents are not what was signed/);
  assert.match(text, /Do not use this file/);
  assert.match(text, /Check that failed: bundle\.image-hash/);
  assert.deepEqual(await ok(page, 'bundle.list', {}), []);
  await takeLooks(page, 'bundle-refused');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Read why 6 pump/ }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'No bundles yet' }).waitFor();
});

test('whoever may not import is offered no import, and told who does', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'otto');
  await goTo(program, 'bundles');
  await page.getByText('With your roles you can read bundles but not import them.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Import bundle' }).count(), 0);
});
