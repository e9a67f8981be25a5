import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Locator, Page } from 'playwright';
import { demoProduct } from '../../demo/materials.ts';
import { assertFocus, tabTo } from './support/keyboard.ts';
import { takeLooks, takeLooksAsItStands } from './support/looks.ts';
import {
  approvedBundle,
  goTo,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  refused,
  startJob,
  type TrainingProgram,
} from './support/training-window.ts';

before(() => prepareTraining());

function cardAt(page: Page, port: string): Locator {
  return page.locator(`li[data-position="${port}"]`);
}

async function waitFor(page: Page, port: string, text: string | RegExp): Promise<void> {
  await cardAt(page, port).filter({ hasText: text }).waitFor({ timeout: 150_000 });
}

/** Enter on the next step of a card. */
async function press(page: Page, port: string): Promise<void> {
  await cardAt(page, port).locator('[data-next] button').press('Enter');
}

async function powerCycle(page: Page, serial: string): Promise<void> {
  await ok(page, 'training.connect', { serial, connected: false });
  await ok(page, 'training.connect', { serial, connected: true });
}

async function importBundle(program: TrainingProgram, name: string): Promise<string> {
  program.answer('open', [join(program.folder, 'data-training', 'bundles', name)]);
  const [file] = await ok(program.page, 'window.choose', { purpose: 'bundle', several: false });
  assert.ok(file);
  return (await ok(program.page, 'bundle.import', { path: file.ticket })).bundle.digest;
}

test('REQ-OTA-USB-03 places are learned, named, forgotten and taken along with a hub, by keys alone', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  await waitFor(page, '1-8', 'No bundle');
  await page.keyboard.press('Control+Shift+L');
  const drawer = page.locator('#main aside');
  await drawer.getByText('No place has a name yet').waitFor();
  await drawer.getByLabel('First number').selectOption('3');
  await drawer.getByLabel('Last number').selectOption('2');
  await drawer.getByText('The last number cannot be before the first').waitFor();
  await drawer.getByLabel('Last number').selectOption('4');
  await drawer.getByLabel('Name, # for the number').fill('Bench');
  await drawer.getByText('Write # where the number goes').waitFor();
  await drawer.getByLabel('Name, # for the number').fill('Bench #');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('Plug a unit into place 3').waitFor();
  await takeLooks(page, 'places-learning');
  await powerCycle(page, 'PUMP-0401');
  await drawer.getByText('Port 1-1 is place 3.').waitFor();
  await powerCycle(page, 'PUMP-0401');
  await drawer.getByText('Port 1-1 is place 3 already').waitFor();
  await powerCycle(page, 'PUMP-0402');
  await drawer.getByText('All places are learned.').waitFor();
  await page.keyboard.press('Control+Enter');
  await cardAt(page, '1-2').locator('.place', { hasText: 'Bench 4' }).waitFor();
  assert.equal(await cardAt(page, '1-1').locator('.number').textContent(), '3');

  // Another port cannot have the same name; with its own it can, and is forgotten again.
  await drawer.getByLabel('Port', { exact: true }).selectOption('1-5');
  await drawer.getByLabel('Name', { exact: true }).fill('bench 3');
  await page.keyboard.press('Control+s');
  await drawer.getByText('device.place-taken').waitFor();
  await drawer.getByLabel('Name', { exact: true }).fill('Window left');
  await page.keyboard.press('Control+s');
  await cardAt(page, '1-5').locator('.place', { hasText: 'Window left' }).waitFor();
  await takeLooks(page, 'places');
  await drawer.getByRole('button', { name: 'Forget Window left' }).press('Enter');
  await cardAt(page, '1-5').locator('.place', { hasText: 'Port 1-5' }).waitFor();
  await page.keyboard.press('Escape');

  // The hub hangs on another port: nobody but a person changes the map.
  for (const [serial, port] of [
    ['PUMP-0401', '2-1'],
    ['PUMP-0402', '2-2'],
  ] as const)
    await ok(page, 'training.connect', { serial, connected: true, port });
  await page.getByText('Nothing is at Bench 3 and Bench 4').waitFor();
  assert.deepEqual(
    (await ok(page, 'bench.show', {})).places.map(({ position }) => position),
    ['1-1', '1-2'],
  );
  await takeLooks(page, 'places-moved');
  await page.keyboard.press('Control+Shift+M');
  await cardAt(page, '2-2').locator('.place', { hasText: 'Bench 4' }).waitFor();
  await page.getByText('Nothing is at Bench 3').waitFor({ state: 'detached' });

  // All hang on other ports, and in no order that is known: only learning again tells which place is which.
  for (const [serial, port] of [
    ['PUMP-0401', '2-9'],
    ['PUMP-0402', '1-12'],
  ] as const)
    await ok(page, 'training.connect', { serial, connected: true, port });
  await page.getByText('No unit is at a known place').waitFor();
  await takeLooks(page, 'places-lost');
  await page.getByRole('button', { name: 'Learn places again…' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await drawer.getByText('Plug a unit into place 3').waitFor();
  await powerCycle(page, 'PUMP-0402');
  await drawer.getByText('Port 1-12 is place 3.').waitFor();
  await powerCycle(page, 'PUMP-0401');
  await drawer.getByText('All places are learned.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('No unit is at a known place').waitFor({ state: 'detached' });
  await cardAt(page, '1-12').locator('.place', { hasText: 'Bench 3' }).waitFor();
  assert.deepEqual(
    (await ok(page, 'bench.show', {})).places.map(({ position, name, number }) => [position, name, number]),
    [
      ['1-12', 'Bench 3', 3],
      ['2-9', 'Bench 4', 4],
    ],
  );

  // Others do not see what they may not do; what they may is behind one button, by keys alone.
  await logIn(program, 'otto');
  await goTo(program, 'bench');
  await cardAt(page, '1-12').waitFor();
  await page.keyboard.press('F6');
  await tabTo(page, page.getByRole('button', { name: 'Training units…' }));
  assert.equal(await page.getByRole('button', { name: 'Places…' }).count(), 0);
  await takeLooksAsItStands(page, 'bench-more');
  await page.keyboard.press('Enter');
  await drawer.waitFor();
  await page.keyboard.press('Escape');
  const more = page.getByRole('button', { name: 'More' });
  await assertFocus(page, more);
  await page.keyboard.press('Enter');
  assert.equal(await more.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await more.getAttribute('aria-expanded'), 'false');
});

test('REQ-OTA-USB-02 REQ-OTA-APP-04 faults are chosen in plain words, and each end says what it means and what to do', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  const digest = await approvedBundle(program);
  await goTo(program, 'bench');
  await page.getByLabel('Work order').fill('WO-1');
  await waitFor(page, '1-8', 'Ready');

  // A fault is chosen, taken back, and chosen again; the card shows it.
  await cardAt(page, '1-3').locator('[data-next] button').focus();
  await page.keyboard.press('F2');
  const drawer = page.locator('#main aside');
  const select = drawer.getByLabel('What goes wrong');
  await select.selectOption({ label: 'Cable pulled' });
  await drawer.getByText('stays away until you plug it in').waitFor();
  await waitFor(page, '1-3', 'Will go wrong: Cable pulled');
  await takeLooks(page, 'training-fault');
  await page.keyboard.press('Control+Shift+K');
  await drawer.getByText('The unit does what it should').waitFor();
  await select.selectOption({ label: 'Another serial number' });
  await waitFor(page, '1-3', 'Will go wrong: Another serial number');
  await page.keyboard.press('Escape');
  await ok(page, 'training.set-fault', { serial: 'PUMP-0404', fault: 'other-serial-after-reset' });
  await ok(page, 'training.set-fault', { serial: 'PUMP-0402', fault: 'cable-pulled' });

  // Unplugged in the middle: the card says so; plugged in again, the update starts again and succeeds.
  for (const port of ['1-2', '1-3', '1-4']) await press(page, port);
  await waitFor(
    page,
    '1-2',
    /Safe to unplug.*The unit was unplugged or lost power\. Plug it in again at the same place/,
  );
  await ok(page, 'training.connect', { serial: 'PUMP-0402', connected: true });
  await cardAt(page, '1-2').getByRole('button', { name: 'Start update again' }).waitFor();
  await press(page, '1-2');

  // Two units come back with one serial number: twins, and nobody knows what either runs.
  for (const port of ['1-3', '1-4'])
    await waitFor(page, port, /Indeterminate.*Do not unplug.*Nobody knows which firmware the unit runs/);
  await waitFor(page, '1-3', 'Serial also at 1-4');
  await waitFor(page, '1-3', 'Went wrong: Another serial number');
  await waitFor(page, '1-2', 'Confirmed');
  await takeLooks(page, 'trouble-cards');

  // Another unit at the place of a job is never taken for the job's own.
  await ok(page, 'training.connect', { serial: 'PUMP-0403', connected: false });
  await ok(page, 'training.connect', { serial: 'PUMP-0407', connected: true, port: '1-3' });
  await page.locator('li[data-position="1-3"]', { hasText: 'PUMP-0407' }).waitFor();
  await cardAt(page, '1-3').getByRole('button', { name: 'Resume update' }).waitFor();
  await press(page, '1-3');
  await waitFor(page, '1-3', 'Plug the job’s own unit in at its place');

  // The twin is given up: by its name, with a reason and the password.
  await ok(page, 'training.connect', { serial: 'PUMP-0404', connected: false });
  await cardAt(page, '1-4').getByText('PUMP-9999').waitFor({ state: 'detached' });
  await cardAt(page, '1-4').locator('[data-next] button').focus();
  await page.keyboard.press('F2');
  await page.getByRole('button', { name: 'Give the unit up…' }).waitFor();
  await page.keyboard.press('Control+Shift+U');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Comes back under another number');
  await dialog.locator('input[data-secret]').fill(password);
  await dialog.getByRole('textbox', { name: /PUMP-0404/ }).fill('PUMP-0404');
  await page.keyboard.press('Enter');
  await waitFor(page, '1-4', /Abandoned.*out of service until it has been examined/);

  // A second job at a place that is held is refused, and the card says what comes first.
  await refused(
    page,
    'update.start',
    { position: '1-3', bundleDigest: digest, kind: 'install', workOrder: 'WO-1', assetTag: null, udi: null },
    'update.position-busy',
  );
});

test('REQ-OTA-APP-03 old firmware is put back by a person, and the card says who wanted it', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  await logIn(program, 'ada');
  const { document } = await ok(page, 'policy.show', { product: '*' });
  const text = JSON.stringify({ ...document, onSelfTestFailure: 'hold' });
  const check = await ok(page, 'policy.check-draft', { text });
  await ok(page, 'policy.install-draft', { text, digest: check.digest, password, reason: 'For this test' });
  await logIn(program, 'tom');
  const bundleDigest = await importBundle(program, '2 pump 2.5.0 fails its self-test.zip');
  await logIn(program, 'ines');
  const scope = { serials: '*' as const, workOrder: null };
  const request = { kind: 'install' as const, bundleDigest, product: demoProduct.id, scope };
  await ok(page, 'approval.sign', {
    request: { ...request, meaning: 'Reviewed', reasonCode: null, downgrade: null },
    password,
  });
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  await startJob(page, '1-1', bundleDigest, 'WO-1');
  await cardAt(page, '1-1').getByRole('button', { name: 'Resume update' }).waitFor({ timeout: 60_000 });
  await cardAt(page, '1-1').locator('[data-next] button').focus();
  await page.keyboard.press('F2');
  await page.getByRole('button', { name: 'Put back old firmware' }).waitFor();
  await page.keyboard.press('Control+Shift+Z');
  await waitFor(
    page,
    '1-1',
    /Reverted.*Safe to unplug.*went back to its old firmware.*An operator had the old firmware put back/,
  );
  await takeLooks(page, 'put-back');
});
