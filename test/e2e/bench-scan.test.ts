import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { takeLooks } from './support/looks.ts';
import { scan } from './support/scan.ts';
import { approvedBundle, goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

const gtin = '09506000134352';

function cardOf(page: Page, serial: string): Locator {
  return page.locator('li[data-position]', { has: page.getByRole('heading', { name: serial }) });
}

async function waitForWord(page: Page, serial: string, word: string): Promise<void> {
  await cardOf(page, serial).locator('.mark', { hasText: word }).waitFor();
}

/** What the live region says, once it says it. */
async function hear(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('[aria-live]').getByText(text).first().waitFor();
}

test('REQ-OTA-UI-01 work order, label and asset tag are scanned, each goes where it belongs, and the job carries them', async (t) => {
  const program = await openTraining(t);
  await approvedBundle(program);
  await goTo(program, 'bench');
  const { page } = program;
  await waitForWord(page, 'PUMP-0401', 'Other work order');
  await page.getByText('Scan at any time').waitFor();

  await scan(page, 'WO-1');
  // A burst of four characters is a person's.
  assert.equal(await page.getByLabel('Work order').inputValue(), '');
  await scan(page, ']C0WO-1');
  await hear(page, 'Scanned work order WO-1.');
  await waitForWord(page, 'PUMP-0401', 'Ready');

  // A label goes to its unit and brings the keys there; FNC1 stands between an open serial number and what follows.
  await scan(page, `]d201${gtin}1126010121PUMP-0402\u001d10LOT7`);
  await hear(page, /UDI \(01\)09506000134352\(11\)260101\(21\)PUMP-0402\(10\)LOT7 for PUMP-0402 .*Made on 2026-01-01/);
  assert.equal(await page.evaluate(`document.activeElement.closest('li').dataset.position`), '1-2');
  await scan(page, 'ASSET-0402');
  await hear(page, /asset tag ASSET-0402 for PUMP-0402/);
  await scan(page, 'ASSET-WRONG');
  await hear(page, /ASSET-WRONG.*It was ASSET-0402/);
  await page.keyboard.press('Control+u');
  await hear(page, 'The scan was undone.');

  // With the details of one unit open, the label of another is refused, with both names.
  await page.keyboard.press('F2');
  await page.locator('#main aside').getByLabel('UDI').waitFor();
  await scan(page, `]d201${gtin}21PUMP-0403`);
  const notice = page.getByRole('alert');
  await notice.getByText('scan.serial-differs').waitFor();
  assert.match((await notice.textContent()) ?? '', /label says PUMP-0403; the unit at .+ that it is PUMP-0402/);
  await takeLooks(page, 'bench-scan-refused');
  await scan(page, ']d2010950600013435321PUMP-0402');
  await notice.getByText('scan.check-digit-wrong').waitFor();
  await scan(page, ']d2010401234567890121PUMP-0402');
  await notice.getByText('scan.product-differs').waitFor();
  assert.match((await notice.textContent()) ?? '', /04012345678901.*09506000134352/);
  assert.match(await page.locator('#main aside').getByLabel('UDI').inputValue(), /PUMP-0402\(10\)LOT7/);
  await page.keyboard.press('Escape');

  await cardOf(page, 'PUMP-0402').locator('[data-next] button').press('Enter');
  await waitForWord(page, 'PUMP-0402', 'Confirmed');
  const [job] = await ok(page, 'update.list', { serial: null, openOnly: false, before: null, limit: 9 });
  assert.deepEqual(
    [job?.workOrder, job?.assetTag, job?.udi],
    ['WO-1', 'ASSET-0402', `(01)${gtin}(11)260101(21)PUMP-0402(10)LOT7`],
  );
});

test('REQ-OTA-UI-01 digits that only look like a label are asked about, and F4 goes to the work order', async (t) => {
  const program = await openTraining(t);
  await ok(program.page, 'window.set-preferences', { language: 'de', theme: 'system', paper: 'A4' });
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  const { page } = program;
  await page.getByRole('heading', { name: 'PUMP-0401' }).waitFor();
  await scan(page, `01${gtin}21PUMP-0401`);
  await hear(page, /Was sind sie/);
  await takeLooks(page, 'bench-scan-asked-de');
  await page.keyboard.press('Control+Shift+T');
  await hear(page, `Arbeitsauftrag 01${gtin}21PUMP-0401 gescannt.`);
  await page.keyboard.press('F4');
  await scan(page, 'WO-2026-9');
  await hear(page, /WO-2026-9 gescannt. Vorher/);
  assert.equal(await page.getByLabel('Arbeitsauftrag').inputValue(), 'WO-2026-9');
});

test('REQ-OTA-OPR-02 a scan of somebody who may start nothing fills nothing', async (t) => {
  const program = await openTraining(t);
  await logIn(program, 'otto');
  await goTo(program, 'bench');
  const { page } = program;
  await page.getByRole('heading', { name: 'PUMP-0401' }).waitFor();
  await scan(page, 'WO-2026-9');
  await page.keyboard.press('F4');
  assert.equal(await page.getByText('Scanned').count(), 0);
  assert.equal(await page.getByText('Scan at any time').count(), 0);
});
