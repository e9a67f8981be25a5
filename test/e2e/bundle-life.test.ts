import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { takeLooks } from './support/looks.ts';
import { makePumpBundle } from './support/pump-bundle.ts';
import {
  approvedBundle,
  bundleFile,
  goTo,
  installRequest,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  startJob,
  type TrainingProgram,
} from './support/training-window.ts';

before(() => prepareTraining());

const heading = { level: 1 } as const;

async function choose(program: TrainingProgram, ...paths: readonly string[]): Promise<readonly string[]> {
  program.answer('open', paths);
  return (await ok(program.page, 'window.choose', { purpose: 'bundle', several: true })).map(({ ticket }) => ticket);
}

/** Asks for both at once and cancels the second in the same breath. */
async function importAndCancel(page: Page, tickets: readonly string[]): Promise<unknown> {
  return await page.evaluate(async ([first, second]) => {
    const { drydock } = globalThis as unknown as { drydock: { call(name: string, input: unknown): Promise<unknown> } };
    const importId = crypto.randomUUID();
    return await Promise.all([
      drydock.call('bundle.import', { path: first }),
      drydock.call('bundle.import', { path: second, importId }),
      drydock.call('bundle.cancel-import', { importId }),
    ]);
  }, tickets);
}

test('REQ-OTA-UI-01 REQ-OTA-MAN-03 several files are imported one after the other, each with its result, also after a reload; a cancelled one leaves nothing', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'tom');
  await goTo(program, 'bundles');
  const names = ['1 pump 2.4.0.zip', '6 pump 2.4.0 tampered with.zip', '3 pump 2.2.0 older release.zip'];
  program.answer(
    'open',
    names.map((name) => bundleFile(program, name)),
  );
  await page.keyboard.press('Control+o');
  const imports = page.getByRole('region', { name: 'Imports' });
  const resultOf = (name: string) => imports.locator('li', { has: page.getByRole('heading', { name }) });
  await resultOf('3 pump').getByText('Imported').waitFor();
  const readResults = async () => {
    for (const [name, word] of [
      ['1 pump', 'Imported'],
      ['6 pump', 'Not imported'],
      ['3 pump', 'Imported'],
    ] as const)
      await resultOf(name).getByText(word, { exact: true }).waitFor();
  };
  await readResults();
  await page.reload();
  await readResults();
  await page.getByRole('row', { name: /Release 2\.2\.0/ }).waitFor();
  await takeLooks(page, 'bundle-imports');

  // The station tells why also to a page that did not ask for it.
  await page.getByRole('button', { name: /Read why 6 pump/ }).click();
  await page.getByRole('heading', { ...heading, name: 'This file was not imported' }).waitFor();
  assert.match(await page.locator('main').innerText(), /Check that failed: bundle\.image-hash/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+e');
  await imports.waitFor({ state: 'detached' });

  const before = await ok(page, 'bundle.list', {});
  const tickets = await choose(
    program,
    bundleFile(program, '1 pump 2.4.0.zip'),
    bundleFile(program, '2 pump 2.5.0 fails its self-test.zip'),
  );
  const answers = (await importAndCancel(page, tickets)) as readonly { readonly ok: boolean; readonly code?: string }[];
  assert.deepEqual(
    answers.map(({ ok: isOk, code }) => (isOk ? 'ok' : code)),
    ['ok', 'bundle.import-cancelled', 'ok'],
  );
  await resultOf('2 pump').getByText('Cancelled, nothing kept').waitFor();
  assert.equal((await ok(page, 'bundle.list', {})).length, before.length);
});

test('REQ-OTA-UI-01 the page of a bundle says what changes for units and against another bundle, component by component, and what ends soon', async (t) => {
  const program = await openTraining(t);
  const { page, folder } = program;
  const oldDigest = await approvedBundle(program);
  const [unit] = await ok(page, 'device.list', {});
  assert.ok(unit);
  const job = await startJob(page, unit.position, oldDigest);
  const ended = await ok(page, 'update.await', { id: job.id });
  assert.equal(ended.state, 'confirmed', String(ended.reason));
  const many = Array.from({ length: 3000 }, (_, n) => ({
    name: `part-${String(n).padStart(4, '0')}`,
    version: '1.0',
    licenses: [{ license: { id: 'MIT' } }],
  }));
  const older = await makePumpBundle(folder, {
    ...{ name: '2.6.0', securityCounter: 6, notes: 'First.', expiresInDays: 300 },
    components: [...many, { name: 'mbedtls', version: '3.5.0' }, { name: 'lwip', version: '2.1.0' }],
  });
  const newer = await makePumpBundle(folder, {
    ...{ name: '2.7.0', securityCounter: 7, notes: 'Second.', expiresInDays: 12 },
    components: [
      ...many,
      { name: 'mbedtls', version: '3.6.1', licenses: [{ expression: 'Apache-2.0' }] },
      { name: 'zlib', version: '1.3.1' },
    ],
  });
  for (const ticket of await choose(program, older, newer)) await ok(page, 'bundle.import', { path: ticket });
  const list = await ok(page, 'bundle.list', {});
  const digestOf = (release: string): string =>
    list.find(({ manifest }) => manifest.release.name === release)?.digest ?? '';
  await goTo(program, 'bundles', digestOf('2.7.0'));
  const main = page.locator('main');
  await main.getByText('1 unit runs version 4: it goes up with this bundle.').waitFor();
  await main.getByText('The bundle expires in 12 days').waitFor();
  await main.getByText('version 4 becomes 7').waitFor();
  await main.getByText('The other bundle brings no SBOM: every component counts as added.').waitFor();
  await page.getByLabel('Compare with').selectOption(digestOf('2.6.0'));
  await main.getByText('version 6 becomes 7').waitFor();
  await main.getByText('Release notes: document changed').waitFor();
  await main
    .getByText('1 added, 1 removed, 1 with another version, 0 with another licence, 3,000 unchanged.')
    .waitFor();
  await takeLooks(page, 'bundle-changes');
  const table = page.getByRole('grid', { name: 'Components' });
  assert.ok((await table.getByRole('row').count()) < 40, 'only what is in view is in the page');
  await table.getByRole('row', { name: 'mbedtls 3.5.0 → 3.6.1' }).waitFor();
  await page.getByLabel('Search components').fill('APACHE');
  await main.getByText('1 found').waitFor();
  await page.getByLabel('Search components').fill('no such thing');
  await main.getByText('No component matches.').waitFor();
  await page.getByLabel('Search components').fill('');
  await page.getByLabel('Show', { exact: true }).selectOption('changed');
  await main.getByText('3 found').waitFor();
  await table.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(import.meta.dirname, '../artefacts/bundle-components.png') });
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'light', paper: 'A4' });
  await page.reload();
  await main.getByText('1 Gerät mit Version 4: Es wird mit diesem Bundle angehoben.').waitFor();
  await page.screenshot({ path: join(import.meta.dirname, '../artefacts/bundle-changes-german.png') });
});

test('REQ-OTA-POL-02 an approval that is taken back after it was shown as complete starts nothing, and the window says why', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  const digest = await approvedBundle(program);
  await goTo(program, 'bundles', digest);
  // For one work order only: that is not complete, and it says so.
  await page.getByText('0 of 1 approvals').waitFor();
  await page.getByText('1 more is for single units or one work order, and may be enough there.').waitFor();
  await logIn(program, 'ines');
  const general = await ok(page, 'approval.sign', {
    request: installRequest(digest, { serials: '*', workOrder: null }),
    password,
  });
  await page.reload();
  await page.getByText('Approvals complete').waitFor();
  await page.getByText(/For every unit and any work order; as signed now, they count until/).waitFor();

  for (const { id } of await ok(page, 'approval.list', { bundleDigest: digest }))
    await ok(page, 'approval.withdraw', { approval: id, reason: 'Signed for the wrong release', password });
  assert.ok(general.id);
  await logIn(program, 'tom');
  await goTo(program, 'bench');
  const [unit] = await ok(page, 'device.list', {});
  assert.ok(unit);
  // What a window does that still shows the approval: the station decides anew.
  const job = await startJob(page, unit.position, digest);
  const ended = await ok(page, 'update.await', { id: job.id });
  assert.deepEqual([ended.state, ended.code], ['refused', 'policy.approvals-missing']);
  await goTo(program, 'history', job.id);
  await page
    .getByText(/Ines Kaya has taken the approval back/)
    .first()
    .waitFor();
  await page.getByText('policy.approvals-missing').first().waitFor();
  await page.screenshot({ path: join(import.meta.dirname, '../artefacts/approval-withdrawn.png') });
});
