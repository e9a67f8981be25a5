import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { takeLooks } from './support/looks.ts';
import { approvedBundle, goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

function cardAt(page: Page, position: string): Locator {
  return page.locator(`li[data-position="${position}"]`);
}

async function waitForWord(page: Page, position: string, word: string): Promise<void> {
  await cardAt(page, position).locator('.mark', { hasText: word }).waitFor({ timeout: 60_000 });
}

async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? '').replaceAll(/\s+/g, ' ');
}

test('REQ-OTA-USB-03 several units are started by keys alone after one confirmation, which says who is left out and why', async (t) => {
  const program = await openTraining(t);
  await approvedBundle(program);
  const { page } = program;
  await ok(page, 'training.connect', { serial: 'PUMP-0404', connected: false });
  await goTo(program, 'bench');
  await waitForWord(page, '1-1', 'Other work order');
  // A place that was never named leaves with its unit; the four places of this test are there.
  await ok(page, 'training.connect', { serial: 'PUMP-0404', connected: true });
  await waitForWord(page, '1-4', 'Other work order');
  await ok(page, 'training.connect', { serial: 'PUMP-0404', connected: false });
  await waitForWord(page, '1-4', 'Empty');

  // Without a work order there is no confirmation.
  await cardAt(page, '1-1').locator('[data-next] button').focus();
  await page.keyboard.press('Control+a');
  assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 8);
  await page.keyboard.press('Control+b');
  await page.getByText('Enter the work order first').waitFor();
  await page.keyboard.type('WO-1');
  // In a field Ctrl A is the field's own.
  await page.keyboard.press('Control+Shift+A');
  await page.keyboard.press('Control+a');
  assert.equal(await page.getByRole('checkbox', { checked: true }).count(), 0);

  await waitForWord(page, '1-1', 'Ready');
  await cardAt(page, '1-1').locator('[data-next] button').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  // An empty place has nothing to press but its box.
  assert.equal(await page.evaluate(`document.activeElement.closest('li').dataset.position`), '1-4');
  // As slowly as a hand: several characters at once would be a scanner's.
  await page.keyboard.press('Space', { delay: 150 });
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space', { delay: 150 });
  await page.keyboard.press('Space', { delay: 150 });
  await cardAt(page, '1-2')
    .getByRole('heading')
    .click({ modifiers: ['Control'] });
  await cardAt(page, '1-3')
    .getByRole('heading')
    .click({ modifiers: ['Shift'] });
  const selected = await page.locator('li[data-position]', { has: page.locator('input:checked') }).all();
  assert.deepEqual(await Promise.all(selected.map((card) => card.getAttribute('data-position'))), [
    '1-1',
    '1-2',
    '1-3',
    '1-4',
  ]);
  await takeLooks(page, 'bench-selected');

  await page.keyboard.press('Control+b');
  const drawer = page.locator('#main aside');
  await drawer.getByText('Will be started').waitFor();
  const plan = await textOf(drawer);
  assert.match(plan, /under the work order WO-1.*PUMP-0401 at Port 1-1 ?2\.3\.1 becomes 2\.4\.0.*PUMP-0402.*PUMP-0403/);
  assert.match(plan, /Left out ?No unit at Port 1-4 ?Plug a unit in here/);
  assert.equal((await ok(page, 'update.list', { serial: null, openOnly: false, before: null, limit: 9 })).length, 0);
  await takeLooks(page, 'bench-batch');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('3 of 3 started').waitFor();
  for (const position of ['1-1', '1-2', '1-3']) await waitForWord(page, position, 'Confirmed');
  assert.equal(await drawer.locator('.mark', { hasText: 'Confirmed' }).count(), 3);
  await takeLooks(page, 'bench-batch-done');
  const jobs = await ok(page, 'update.list', { serial: null, openOnly: false, before: null, limit: 9 });
  assert.deepEqual(jobs.map(({ serial, workOrder }) => `${String(serial)} ${workOrder}`).sort(), [
    'PUMP-0401 WO-1',
    'PUMP-0402 WO-1',
    'PUMP-0403 WO-1',
  ]);
});

test('REQ-OTA-USB-03 a standing order is placed on the bench, starts who is there and who comes, says whom it did not start, and is withdrawn', async (t) => {
  const program = await openTraining(t);
  await approvedBundle(program);
  const { page } = program;
  await goTo(program, 'bench');
  await waitForWord(page, '1-1', 'Other work order');
  await ok(page, 'training.connect', { serial: 'PUMP-0401', connected: false });
  await waitForWord(page, '1-1', 'Empty');

  await page.keyboard.press('Control+Shift+S');
  const drawer = page.locator('#main aside');
  await drawer.getByText('Select the places first').waitFor();
  await page.keyboard.press('F4');
  await page.keyboard.type('WO-1');
  await waitForWord(page, '1-2', 'Ready');
  await cardAt(page, '1-1').getByRole('checkbox').press('Space');
  await cardAt(page, '1-2').locator('[data-next] button').press('Space');
  await drawer.getByLabel('Number of units, at most').fill('0');
  await drawer.getByText('Enter a whole number').waitFor();
  assert.ok(await drawer.getByRole('button', { name: 'Place a standing order' }).isDisabled());
  await drawer.getByLabel('Number of units, at most').fill('2');
  await drawer.getByLabel('Until').selectOption('4');
  await takeLooks(page, 'bench-order');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('1 of 2 units').waitFor();
  assert.match(await textOf(cardAt(page, '1-1')), /Next unit: 2\.4\.0, standing order WO-1/);
  assert.match(await textOf(cardAt(page, '1-2')), /Then the next unit, standing order WO-1/);
  await takeLooks(page, 'bench-order-stands');
  await ok(page, 'training.connect', { serial: 'PUMP-0401', connected: true });
  for (const position of ['1-1', '1-2']) await waitForWord(page, position, 'Confirmed');
  // It has started as many as it was for.
  await drawer.getByText('No standing order.').waitFor();

  await page.keyboard.press('F4');
  await page.getByLabel('Work order').fill('WO-2');
  await cardAt(page, '1-3').locator('[data-next] button').press('Space');
  await page.keyboard.press('Control+Enter');
  await cardAt(page, '1-3').getByText('policy.approvals-missing').waitFor();
  assert.match(await textOf(cardAt(page, '1-3')), /Standing order WO-2 did not start this unit/);
  await takeLooks(page, 'bench-order-withheld');
  await page.keyboard.press('Control+Shift+W');
  await page.locator('[aria-live]').getByText('was withdrawn').waitFor();
  await cardAt(page, '1-3').getByText('Standing order').waitFor({ state: 'detached' });
  const orders = await ok(page, 'order.list', { openOnly: false, limit: 9 });
  assert.deepEqual(
    orders.map(({ workOrder, end, started }) => [workOrder, end, started.length]),
    [
      ['WO-2', 'by-operator', 0],
      ['WO-1', 'units-started', 2],
    ],
  );
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  // Of the whole log only the rows in view are on the page.
  await page.getByLabel('Kind of event').selectOption({ label: 'Standing order ended' });
  for (const why of ['an operator ended it', 'all its units were started']) {
    await page.getByText(`ended a standing order: ${why}.`).waitFor();
  }
});
