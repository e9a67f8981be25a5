import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { tempFolder } from '../helpers/temp-folder.ts';
import { takeLooks } from './support/looks.ts';
import { approvedBundle, goTo, ok, openTraining, prepareTraining, startJob } from './support/training-window.ts';

before(() => prepareTraining());

const pictures = join(import.meta.dirname, '../artefacts');

/** Width and height of each page in millimetres. */
function pagesOf(pdf: string): number[][] {
  const boxes = readFileSync(pdf, 'latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g);
  return [...boxes].map(([, width, height]) =>
    [width, height].map((points) => Math.round((Number(points) / 72) * 25.4)),
  );
}

/** Leaves a picture of the first page, where Poppler is here. */
function picture(pdf: string, name: string, dpi: number): void {
  mkdirSync(pictures, { recursive: true });
  spawnSync('pdftoppm', ['-r', String(dpi), '-png', '-singlefile', pdf, join(pictures, name)]);
}

function textOf(pdf: string): string {
  return execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
}

function cardAt(page: Page, position: string): Locator {
  return page.locator(`li[data-position="${position}"]`);
}

async function hear(page: Page, text: string): Promise<void> {
  await page.locator('[aria-live]').getByText(text).waitFor();
}

test('REQ-OTA-UI-01 labels of finished units are printed, each on its own or all on a sheet, and a printer that fails says so', async (t) => {
  const program = await openTraining(t);
  const digest = await approvedBundle(program);
  const { page } = program;
  const folder = tempFolder(t);
  const jobs = [await startJob(page, '1-1', digest, 'WO-1'), await startJob(page, '1-2', digest, 'WO-1')];
  for (const { id } of jobs) await ok(page, 'update.await', { id });
  await goTo(program, 'bench', '1-1');
  const drawer = page.locator('#main aside');
  await drawer.getByRole('button', { name: 'Print label' }).waitFor();

  // A dialogue that is closed changes nothing; a printer that fails is told of.
  await page.keyboard.press('Control+p');
  await page.locator('[data-print]').waitFor({ state: 'detached' });
  assert.equal(program.questions.filter(({ kind }) => kind === 'print').length, 1);
  program.answer('print', folder);
  await page.keyboard.press('Control+p');
  await drawer.getByText('window.print-failed').waitFor();
  await takeLooks(page, 'bench-label');

  const label = join(folder, 'label.pdf');
  program.answer('print', label);
  await page.keyboard.press('Control+p');
  await hear(page, '1 label went to the printer');
  assert.deepEqual(pagesOf(label), [[62, 29]]);
  picture(label, 'label', 400);
  await page.keyboard.press('Escape');

  for (const position of ['1-1', '1-2']) await cardAt(page, position).getByRole('checkbox').press('Space');
  // Chosen behind a button that closes: what went wrong stands on the bench itself.
  program.answer('print', folder);
  await page.keyboard.press('F6');
  await page.getByRole('button', { name: 'Print 2 labels' }).press('Enter');
  await page.locator('.surface').getByText('window.print-failed').waitFor();
  const both = join(folder, 'both.pdf');
  program.answer('print', both);
  await page.keyboard.press('Control+p');
  await hear(page, '2 labels went to the printer');
  await page.locator('.surface').getByText('window.print-failed').waitFor({ state: 'detached' });
  assert.deepEqual(pagesOf(both), [
    [62, 29],
    [62, 29],
  ]);
  const sheet = join(folder, 'sheet.pdf');
  program.answer('print', sheet);
  await page.keyboard.press('Control+Shift+P');
  await page.locator('[data-print]').waitFor({ state: 'detached' });
  assert.ok(existsSync(sheet));
  assert.deepEqual(pagesOf(sheet), [[210, 297]]);
  picture(sheet, 'label-sheet', 100);

  if (spawnSync('pdftotext', ['-v']).error !== undefined) {
    t.diagnostic('What stands on the labels was not read: pdftotext (Poppler) is not here.');
    return;
  }
  const said = textOf(label);
  for (const part of ['PUMP-0401', '2.3.1 → 2.4.0', 'Confirmed', 'WO-1', jobs[0]?.id ?? '', 'TRAINING', ' UTC'])
    assert.ok(said.includes(part), `${part} is not in ${said}`);
  assert.doesNotMatch(said, /Bench|Log out/);
  assert.match(textOf(sheet), /PUMP-0401.*PUMP-0402/);
});
