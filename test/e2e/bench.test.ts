import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { tempFolder } from '../helpers/temp-folder.ts';
import { takeLooksAsItStands } from './support/looks.ts';
import {
  goTo,
  installRequest,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  trainingPassword as password,
  type TrainingProgram,
} from './support/training-window.ts';

const workOrder = 'WO-1';

/** The good bundle is approved for every unit under one work order, the one that fails its self-test for the last unit alone. */
before(() =>
  prepareTraining(async ({ ask, bundleFile }) => {
    const { token } = await ask('session.login', { username: 'tom', password }, null);
    const approver = await ask('session.login', { username: 'ines', password }, null);
    for (const [name, serials, order] of [
      ['1 pump 2.4.0.zip', '*', workOrder],
      ['2 pump 2.5.0 fails its self-test.zip', ['PUMP-0408'], null],
    ] satisfies [string, string[] | '*', string | null][]) {
      const { bundle } = await ask('bundle.import', { path: bundleFile(name) }, token);
      const request = installRequest(bundle.digest, { serials, workOrder: order });
      await ask('approval.sign', { request, password }, approver.token);
    }
  }),
);

async function logInAtBench(program: TrainingProgram, username: string): Promise<void> {
  await logIn(program, username);
  await goTo(program, 'bench');
}

function cardOf(page: Page, serial: string): Locator {
  return page.locator('li[data-position]', { has: page.getByRole('heading', { name: serial }) });
}

async function waitForWord(page: Page, serial: string, word: string): Promise<void> {
  await cardOf(page, serial).locator('.mark', { hasText: word }).waitFor({ timeout: 40_000 });
}

/** Where every card stands on the surface, by its position, wherever that is scrolled to. */
async function boxes(page: Page): Promise<unknown> {
  return await page.evaluate(`[...document.querySelectorAll('[data-position]')].map((card) => {
    const { left, top, width, height } = card.getBoundingClientRect();
    const { scrollTop } = card.closest('.surface');
    return [card.dataset.position, left, top + scrollTop, width, height].map(String).join(' ');
  })`);
}

async function typeWorkOrder(page: Page): Promise<void> {
  await page.getByLabel('Work order').fill(workOrder);
}

test('REQ-OTA-UI-01 eight units are updated by keys alone, each to its own end, and no card moves', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await page.setViewportSize({ width: 1920, height: 1080 });
  await logInAtBench(program, 'tom');
  await waitForWord(page, 'PUMP-0401', 'Other work order');
  await waitForWord(page, 'PUMP-0408', 'Ready');
  assert.match((await cardOf(page, 'PUMP-0401').textContent()) ?? '', /approved under work order WO-1 only/);

  // Without a work order nothing starts: the field says so and has the focus.
  await cardOf(page, 'PUMP-0408').locator('[data-next] button').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Enter the work order first').waitFor();
  assert.equal((await ok(page, 'update.list', { serial: null, openOnly: false, before: null, limit: 9 })).length, 0);
  await page.keyboard.type(workOrder);
  await waitForWord(page, 'PUMP-0407', 'Ready');
  // All eight are seen at once.
  const hidden = page.locator('.surface').evaluate((surface) => surface.scrollHeight - surface.clientHeight);
  assert.equal(await hidden, 0);
  await takeLooksAsItStands(page, 'bench-ready');

  await ok(page, 'training.set-fault', { serial: 'PUMP-0402', fault: 'cable-pulled' });
  const before = await boxes(page);
  await page.keyboard.press('Enter');
  for (let card = 0; card < 8; card += 1) {
    if (card > 0) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('li[data-position]').nth(card).getByText('Preflight').waitFor();
  }
  await cardOf(page, 'PUMP-0401').getByText('Do not unplug').waitFor();
  await cardOf(page, 'PUMP-0401').getByRole('progressbar').waitFor();
  assert.deepEqual(await boxes(page), before);
  await takeLooksAsItStands(page, 'bench-working');

  for (const serial of ['PUMP-0401', 'PUMP-0403', 'PUMP-0407']) await waitForWord(page, serial, 'Confirmed');
  await waitForWord(page, 'PUMP-0408', 'Reverted');
  await waitForWord(page, 'PUMP-0402', 'Failed');
  assert.match((await cardOf(page, 'PUMP-0401').textContent()) ?? '', /Safe to unplug.*2\.4\.0/);
  assert.match((await cardOf(page, 'PUMP-0408').textContent()) ?? '', /Safe to unplug.*went back to its old firmware/);
  assert.match((await cardOf(page, 'PUMP-0402').textContent()) ?? '', /was not replaced/);
  await page.getByText('7 units · 0 working · 0 need you · 6 confirmed · 1 reverted · 1 failed').waitFor();
  assert.deepEqual(await boxes(page), before);
  await takeLooksAsItStands(page, 'bench-ended');

  // The details of the job, and Esc back; what was typed is still there.
  await cardOf(page, 'PUMP-0408').locator('[data-next] button').focus();
  await page.keyboard.press('F2');
  const drawer = page.locator('#main aside');
  await drawer.getByText('update.self-test-failed').waitFor();
  await takeLooksAsItStands(page, 'bench-drawer');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Work order').inputValue(), workOrder);
  await page.setViewportSize({ width: 1024, height: 700 });
  await takeLooksAsItStands(page, 'bench-least');
  await page.setViewportSize({ width: 512, height: 350 });
  await takeLooksAsItStands(page, 'bench-zoomed');
});

test('REQ-OTA-APP-04 a job whose program was killed says so on its card, and Enter brings it to its end', async (t) => {
  const program = await openTraining(t);
  await logInAtBench(program, 'tom');
  await typeWorkOrder(program.page);
  await waitForWord(program.page, 'PUMP-0401', 'Ready');
  await cardOf(program.page, 'PUMP-0401').locator('[data-next] button').press('Enter');
  await cardOf(program.page, 'PUMP-0401').getByRole('progressbar').waitFor();
  await program.kill();

  const again = await openTraining(t, { folder: program.folder });
  await logInAtBench(again, 'tom');
  await waitForWord(again.page, 'PUMP-0401', 'Interrupted');
  assert.match((await cardOf(again.page, 'PUMP-0401').textContent()) ?? '', /Do not unplug.*Resume update/);
  await cardOf(again.page, 'PUMP-0401').locator('[data-next] button').press('Enter');
  await waitForWord(again.page, 'PUMP-0401', 'Confirmed');

  // The report, from the drawer.
  const folder = tempFolder(t);
  again.answer('open', [folder]);
  await again.page.keyboard.press('F2');
  await again.page.getByRole('button', { name: 'Export report…' }).waitFor();
  await again.page.keyboard.press('Control+e');
  await again.page.locator('aside').getByText('files were written').waitFor();
  assert.ok(readdirSync(folder).some((name) => name.endsWith('.pdf')));
});

test('REQ-OTA-UI-01 an update is cancelled from its drawer, and the card says what the unit runs', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logInAtBench(program, 'tom');
  await typeWorkOrder(page);
  await waitForWord(page, 'PUMP-0401', 'Ready');
  await cardOf(page, 'PUMP-0401').locator('[data-next] button').press('Enter');
  await cardOf(page, 'PUMP-0401').getByRole('progressbar').waitFor();
  await page.keyboard.press('F2');
  await page.getByRole('button', { name: 'Cancel update' }).waitFor();
  await page.keyboard.press('Control+Shift+X');
  await waitForWord(page, 'PUMP-0401', 'Cancelled');
  // The unit is read again before anything is said of what can be done with it.
  await cardOf(page, 'PUMP-0401')
    .getByRole('button', { name: /Start update again/ })
    .waitFor();
  assert.match((await cardOf(page, 'PUMP-0401').textContent()) ?? '', /runs its old firmware.*Start update again/);
});

test('REQ-OTA-OPR-02 who may not start updates sees the bench and no way to start', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logInAtBench(program, 'otto');
  await waitForWord(page, 'PUMP-0408', 'Ready');
  assert.match((await cardOf(page, 'PUMP-0408').textContent()) ?? '', /a technician can/);
  assert.equal(await page.getByRole('button', { name: /Start update/ }).count(), 0);
  assert.equal(await page.getByLabel('Work order').count(), 0);
});
