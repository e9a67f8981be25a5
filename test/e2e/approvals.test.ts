import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { takeLooks } from './support/looks.ts';
import { bundleFile, goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

test('REQ-OTA-UI-01 REQ-OTA-POL-02 an approver reads what is asked, signs it with the password, and takes it back', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'tom');
  program.answer('open', [bundleFile(program, '1 pump 2.4.0.zip')]);
  const [file] = await ok(page, 'window.choose', { purpose: 'bundle', several: false });
  assert.ok(file);
  const { bundle } = await ok(page, 'bundle.import', { path: file.ticket });
  await goTo(program, 'approvals', bundle.digest);
  await page.getByText('With your roles you can read approvals but not sign them.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Review and sign' }).count(), 0);

  await logIn(program, 'ines');
  await goTo(program, 'approvals');
  await page.getByText('0 of 1 approvals: yours is needed').waitFor();
  await takeLooks(page, 'approvals-list');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Approve Drydock virtual infusion pump 2.4.0' }).waitFor();
  await page.getByLabel('Work order').fill('WO-7');
  await takeLooks(page, 'approval-page');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('You sign as Ines Kaya: “Approved for installation”').waitFor();
  await dialog.getByText('Installation, for every unit of the product, under work order WO-7').waitFor();
  await takeLooks(page, 'approval-dialog');
  // Where the password is typed is where the focus is, whatever can be pressed in the text above.
  await page.keyboard.type('not the password at all');
  await page.keyboard.press('Enter');
  await dialog.getByText('operator.password-wrong').waitFor();
  assert.deepEqual(await ok(page, 'approval.list', { bundleDigest: bundle.digest }), []);
  await page.keyboard.press('Escape');
  assert.equal(await page.getByLabel('Work order').inputValue(), 'WO-7');
  await page.keyboard.press('Control+Enter');
  // After a wrong password the station makes everybody wait for a moment.
  while ((await ok(page, 'approval.list', { bundleDigest: bundle.digest })).length === 0) {
    await dialog.locator('input[data-secret]').fill(program.password);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
  }
  await dialog.waitFor({ state: 'hidden' });
  const [signed] = await ok(page, 'approval.list', { bundleDigest: bundle.digest });
  assert.equal(signed?.operator.printedName, 'Ines Kaya');
  assert.deepEqual(signed.scope, { serials: '*', workOrder: 'WO-7' });
  await page.getByText('Ines Kaya: “Approved for installation”').waitFor();

  await page.getByRole('button', { name: /Withdraw “Approved for installation”/ }).click();
  await dialog.waitFor();
  await page.keyboard.type('Signed for the wrong work order');
  assert.equal(await dialog.getByLabel('Why you withdraw it').inputValue(), 'Signed for the wrong work order');
  await dialog.locator('input[data-secret]').fill(program.password);
  await page.keyboard.press('Enter');
  await page.getByText('Withdrawn: Signed for the wrong work order').waitFor();
  const [withdrawal] = await ok(page, 'approval.withdrawals', { bundleDigest: bundle.digest });
  assert.equal(withdrawal?.approval, signed.id);
});
