import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const everything = { text: null, states: [], from: null, to: null, bundleDigest: null, operator: null };

test('REQ-OTA-POL-03 REQ-OTA-VER-02 the history finds a job by what was scanned, and tells the life of its unit', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  const refused = await depot.update(bundle.digest);
  await depot.approve(bundle.digest);
  depot.clock.advance(1000);
  const confirmed = await depot.update(bundle.digest);
  const search = (text: string) =>
    depot.call('auditor', 'update.search', { ...everything, text, before: null, limit: 10 });
  const { jobs, total, isTotalExact } = await search('inf-1');
  assert.deepEqual([jobs.map(({ id }) => id), total, isTotalExact], [[confirmed.id, refused.id], 2, true]);
  assert.equal((await search('wo-2026-0815')).total, 2);
  assert.equal((await search('WO-1999')).total, 0);

  const unit = { product: 'drydock.virtual-unit', serial: 'VU-0001' };
  const [line] = await depot.call('technician', 'unit.list', { text: 'vu-', product: null, after: null, limit: 10 });
  assert.deepEqual(
    [line?.serial, line?.jobs, line?.lastJob.id, line?.highestConfirmed?.version],
    ['VU-0001', 2, confirmed.id, 2],
  );
  const life = await depot.call('auditor', 'unit.show', unit);
  assert.deepEqual([life.highestConfirmed?.version, life.jobsOmitted, life.clonesSeen], [2, 0, []]);
  assert.deepEqual(
    life.jobs.map(({ state, approvals }) => [state, approvals.map(({ printedName }) => printedName)]),
    [
      ['confirmed', ['Anna Approver']],
      ['refused', []],
    ],
  );
  const unknown = await depot.refusal('auditor', 'unit.show', { ...unit, serial: 'VU-0009' });
  assert.equal(unknown.code, 'update.unit-unknown');
});
