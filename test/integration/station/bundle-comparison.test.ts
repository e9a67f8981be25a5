import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const release = (name: string) => ({ release: { name, changeControl: 'ECO-1' } });

test('a bundle is compared with what units run, and with another bundle of the product, by whoever may see it', async (t) => {
  const depot = await VirtualDepot.set(t, [{}, {}, {}]);
  const second = await depot.approved({ manifest: release('2.0') });
  for (const position of ['1-1', '1-2']) assert.equal((await depot.update(second, position)).state, 'confirmed');
  depot.clock.advance(1000);
  const images = [{ bytes: signedImage(3), entry: { version: 3 } }];
  const third = await depot.approved({ images, manifest: release('3.0') });
  assert.equal((await depot.update(third, '1-3')).state, 'confirmed');
  depot.bench.bus.unplug('1-2');

  const installed = await depot.call('auditor', 'bundle.installed', { digest: third });
  assert.deepEqual(installed, {
    product: 'drydock.virtual-unit',
    versions: [
      {
        version: 2,
        bundle: { digest: second, release: '2.0' },
        units: 2,
        atBench: 1,
        serials: ['VU-0001', 'VU-0002'],
        step: 'raise',
      },
      {
        version: 3,
        bundle: { digest: third, release: '3.0' },
        units: 1,
        atBench: 1,
        serials: ['VU-0003'],
        step: 'same',
      },
    ],
    unknown: 0,
    isWhole: true,
    suggested: second,
  });
  assert.deepEqual(
    (await depot.call('auditor', 'bundle.installed', { digest: second })).versions.map(({ step }) => step),
    ['same', 'lower'],
  );

  const compared = await depot.call('auditor', 'bundle.compare', { digest: third, against: second });
  assert.deepEqual(
    compared.images.map(({ from, to, isSame }) => [from?.version, to?.version, isSame]),
    [[2, 3, false]],
  );
  const components = await depot.call('auditor', 'bundle.components', { digest: third, against: second });
  assert.deepEqual([components.hasSbom, components.againstHasSbom, components.lines], [false, false, []]);

  const other = { product: { id: 'drydock.other-unit', name: 'Another unit' } };
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle({ manifest: other }) });
  for (const name of ['bundle.compare', 'bundle.components'] as const) {
    const refused = await depot.refusal('auditor', name, { digest: third, against: bundle.digest });
    assert.equal(refused.code, 'bundle.other-product');
    const unknown = await depot.refusal('auditor', name, { digest: third, against: '0'.repeat(64) });
    assert.equal(unknown.code, 'update.bundle-unknown');
  }
  assert.equal((await depot.refusal(null, 'bundle.installed', { digest: third })).code, 'station.not-logged-in');
});

test('an import is told to its listeners and cancelled by nobody but whoever asked for it', async (t) => {
  const depot = await VirtualDepot.set(t);
  const importId = 'b7e7c1f4-5a0e-4f5c-9c51-0d4a4a6d7e10';
  const path = depot.bundle();
  const first = depot.ask('technician', 'bundle.import', { path });
  const second = depot.ask('technician', 'bundle.import', { path, importId });
  const stranger = await depot.refusal('administrator', 'bundle.cancel-import', { importId });
  assert.equal(stranger.code, 'bundle.import-unknown');
  assert.equal(
    (await depot.refusal('auditor', 'bundle.cancel-import', { importId })).code,
    'station.permission-denied',
  );
  await depot.call('technician', 'bundle.cancel-import', { importId });
  const [imported, cancelled] = await Promise.all([first, second]);
  assert.ok(imported.ok);
  assert.equal(cancelled.ok ? 'imported' : cancelled.code, 'bundle.import-cancelled');
  const last = depot.events.findLast((event) => event.type === 'bundle.import' && event.importId === importId);
  assert.equal(last?.type === 'bundle.import' ? last.outcome?.kind : null, 'cancelled');
  const log = { before: null, type: 'bundle.imported', outcome: null, limit: 5 } as const;
  const outcomes = (await depot.call('auditor', 'audit.list', log)).map(({ outcome, code }) => [outcome, code ?? null]);
  assert.deepEqual(outcomes, [
    ['refused', 'bundle.import-cancelled'],
    ['done', null],
  ]);
});
