import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { findAxeFaults } from '../renderer/support/axe.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { approvedBundle, goTo, logIn, ok, openTraining, prepareTraining, startJob } from './support/training-window.ts';
import { takeLooks } from './support/looks.ts';

before(() => prepareTraining());

test('REQ-OTA-UI-01 the history shows what happened to a unit, finds it again, and hands over its report', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  const bundle = await approvedBundle(program);
  await goTo(program, 'history');
  await page.getByRole('heading', { name: 'No updates yet' }).waitFor();
  assert.deepEqual(await findAxeFaults(page), []);

  // A job of which the list was not told when it was read: it comes by itself.
  const good = await startJob(page, '1-1', bundle, 'WO-1');
  await page.getByRole('row', { name: /PUMP-0401/ }).waitFor();
  assert.equal((await ok(page, 'update.await', { id: good.id })).state, 'confirmed');
  await page.getByRole('row', { name: /PUMP-0401.*Confirmed/ }).waitFor();
  const other = await startJob(page, '1-2', bundle, 'WO-2');
  assert.equal((await ok(page, 'update.await', { id: other.id })).state, 'refused');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('pump-0402');
  await page.keyboard.press('Enter');
  await page.getByText('1 update', { exact: true }).waitFor();
  assert.equal(await page.getByRole('row', { name: /PUMP-0401/ }).count(), 0);
  await page.keyboard.press('Control+Shift+A');
  await page.getByText('2 updates', { exact: true }).waitFor();
  await page.getByLabel('State').selectOption({ label: 'Confirmed' });
  await page.getByText('1 update', { exact: true }).waitFor();
  await page.getByLabel('Started until').fill('2020-01-01');
  await page.getByRole('heading', { name: 'No update matches this search' }).waitFor();
  await page.getByLabel('Started from').fill('2020-01-02');
  await page.getByText('This day is before the first one.').waitFor();
  await page.keyboard.press('Control+Shift+A');
  await takeLooks(page, 'history');

  // The refused one, by the keyboard alone.
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Update of PUMP-0402' }).waitFor();
  await page.getByText('Nothing was written', { exact: false }).or(page.getByText('was not changed')).first().waitFor();
  await takeLooks(page, 'history-refused');
  await page.keyboard.press('Escape');

  await page.getByRole('row', { name: /PUMP-0401/ }).click();
  await page.getByText('The unit runs the new firmware and keeps it.').waitFor();
  await page.keyboard.press('Control+u');
  await page.getByRole('heading', { name: 'History of PUMP-0401' }).waitFor();
  await page.getByText('1 update at this station').waitFor();
  await page.getByText(/Approved by Ines/).waitFor();
  await takeLooks(page, 'history-life');
});

test('REQ-OTA-RPT-01 whoever may hand over a report chooses a folder, and finds its files and how to verify them', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  const bundle = await approvedBundle(program);
  const { id } = await startJob(page, '1-1', bundle, 'WO-1');
  await ok(page, 'update.await', { id });
  await logIn(program, 'ines');
  await goTo(program, 'history', id);
  const folder = tempFolder(t);

  // A folder that nobody chose: nothing is written, nothing is refused.
  program.answer('open', []);
  const exportEnabled = page.getByRole('button', { name: /Export report/ }).and(page.locator(':enabled'));
  await exportEnabled.waitFor();
  const asked = program.questions.length;
  await page.keyboard.press('Control+e');
  while (program.questions.length === asked) await page.waitForTimeout(50);
  await exportEnabled.waitFor();
  assert.deepEqual(readdirSync(folder), []);
  program.answer('open', [folder]);
  await page.keyboard.press('Control+e');
  await page
    .getByText(/The report was written to the folder/)
    .first()
    .waitFor();
  const [json] = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(json);
  assert.equal(
    await page.getByText(/^drydock verify-report/).textContent(),
    `drydock verify-report ${json} --station-key ${(await ok(page, 'station.status', {})).keySha256}`,
  );
  await page.getByText(/^drydock verify-report/).scrollIntoViewIfNeeded();
  await takeLooks(page, 'history-report');
  assert.ok(!(await page.content()).includes(folder), 'the page knows no path');

  program.answer('open', [join(folder, 'gone')]);
  await page.keyboard.press('Control+e');
  await page.getByRole('alert').waitFor();
});
