import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { ApprovalStatement } from '../../../contract/schema/policy.ts';
import { isApproved, listOlderReleases } from '../../../renderer/features/bench/older-release.ts';

const nowMs = Date.parse('2026-11-29T09:00:00Z');

/** Only what the list looks at; the contract's whole views are proven elsewhere. */
function bundle(release: string, version: number, change: { compat?: string; expires?: string } = {}): BundleView {
  const images = [{ version, slot: 'application', compat: [change.compat ?? 'vu-a'] }];
  const expires = change.expires ?? '2027-01-01T00:00:00Z';
  const manifest = { product: { id: 'pump', name: 'Pump' }, release: { name: release }, expires, images };
  return { digest: release, manifest, importedAt: '2026-11-01T00:00:00Z' } as unknown as BundleView;
}

function unit(counter: number | null): DeviceState {
  const slots = [{ logical: 'application', role: 'running', counter, state: 'confirmed' }];
  return { product: 'pump', hardware: 'vu-a', serial: 'P1', slots } as unknown as DeviceState;
}

interface Signed {
  readonly by?: string;
  readonly serial?: string;
  readonly workOrder?: string | null;
  readonly from?: number;
  readonly to?: number;
}

/** Approvals of the release 2.2, as the station lists them. */
function approvals(required: number, ...signed: readonly Signed[]) {
  const made = signed.map(({ by = 'ines', serial = 'P1', workOrder = null, from = 4, to = 2 }, at) => ({
    standing: { id: String(at), operator: { id: by }, scope: { serials: [serial], workOrder } },
    statement: { id: String(at), downgrade: { fromVersionAtMost: from, toVersion: to, reason: 'pump noise' } },
  }));
  const waiting = { bundleDigest: '2.2', kind: 'downgrade', required, approvals: made.map(({ standing }) => standing) };
  return {
    pending: [waiting as unknown as PendingApproval],
    statements: made.map(({ statement }) => statement as unknown as ApprovalStatement),
  };
}

function list(given: ReturnType<typeof approvals>, counter: number | null = 4, bundles = [bundle('2.2', 2)]) {
  return listOlderReleases(unit(counter), { bundles, ...given }, 'WO-1', nowMs);
}

test('REQ-OTA-VER-03 only bundles that are older than what the unit runs, fit it and are valid can be gone back to', () => {
  const none = approvals(1);
  const releases = (counter: number | null, ...bundles: BundleView[]) =>
    list(none, counter, bundles).map(({ to }) => to);
  assert.deepEqual(releases(4, bundle('2.2', 2), bundle('2.3', 3), bundle('2.4', 4), bundle('2.5', 5)), [3, 2]);
  assert.deepEqual(releases(null, bundle('2.2', 2)), []);
  assert.deepEqual(releases(4, bundle('2.2', 2, { compat: 'vu-b' })), []);
  assert.deepEqual(releases(4, bundle('2.2', 2, { expires: '2026-11-29T09:00:00Z' })), []);
});

test('REQ-OTA-VER-03 an approval counts only for its unit, its step and its work order, and once for each approver', () => {
  const ready = (required: number, ...signed: Signed[]) => list(approvals(required, ...signed)).map(isApproved)[0];
  assert.equal(ready(1), false);
  assert.equal(ready(1, {}), true);
  assert.equal(ready(1, { serial: 'P2' }), false);
  assert.equal(ready(1, { workOrder: 'WO-1' }), true);
  assert.equal(ready(1, { workOrder: 'WO-2' }), false);
  assert.equal(ready(1, { to: 1 }), false);
  assert.equal(ready(1, { from: 3 }), false);
  assert.equal(ready(2, {}, {}), false);
  assert.equal(ready(2, {}, { by: 'ivo' }), true);
  assert.deepEqual(list({ pending: [], statements: [] }).map(isApproved), [false], 'without a policy nothing is ready');
});
