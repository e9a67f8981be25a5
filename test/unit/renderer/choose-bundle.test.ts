import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovalState, PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import { chooseBundle } from '../../../renderer/features/bench/choose-bundle.ts';

const nowMs = Date.parse('2026-11-29T09:00:00Z');

/** Only what the choice looks at; the contract's whole views are proven elsewhere. */
function bundle(release: string, version: number, compat = 'vu-a', expires = '2027-01-01T00:00:00Z'): BundleView {
  const images = [{ version, slot: 'application', compat: [compat] }];
  const manifest = { product: { id: 'pump', name: 'Pump' }, release: { name: release }, expires, images };
  return { digest: release, manifest, importedAt: '2026-11-01T00:00:00Z' } as unknown as BundleView;
}

function unit(counter: number | null): DeviceState {
  const slots = [{ logical: 'application', role: 'running', counter, state: counter === null ? 'empty' : 'confirmed' }];
  return { product: 'pump', hardware: 'vu-a', serial: 'P1', slots } as unknown as DeviceState;
}

function waits(release: string, kind: 'install' | 'recovery', scopes: PendingApproval['approvals'][number]['scope'][]) {
  const approvals = scopes.map((scope, at) => ({ scope, operator: { id: String(at) } }));
  return { bundleDigest: release, kind, required: 1, approvals } as unknown as PendingApproval;
}

type State = ApprovalState['state'];

/** How the station says that each bundle stands: waiting where one waits, and else complete. */
function statesOf(
  bundles: BundleView[],
  pending: PendingApproval[],
  kind: string,
  changed: Record<string, State> = {},
) {
  const numbers = { required: 1, given: 0, limited: 0, ended: 0, until: null };
  const waits = (digest: string): boolean => pending.some((one) => one.bundleDigest === digest && one.kind === kind);
  return new Map(
    bundles.map(({ digest }) => {
      const state = changed[digest] ?? (waits(digest) ? 'waiting' : 'complete');
      return [digest, { bundleDigest: digest, state, ...numbers } as unknown as ApprovalState];
    }),
  );
}

function choose(
  bundles: BundleView[],
  pending: PendingApproval[],
  counter: number | null = 3,
  workOrder = 'WO-1',
  changed: Record<string, State> = {},
) {
  const states = {
    install: statesOf(bundles, pending, 'install', changed),
    recovery: statesOf(bundles, pending, 'recovery', changed),
  };
  const choice = chooseBundle(unit(counter), { bundles, states, pending }, workOrder, nowMs);
  return [choice.why, 'bundle' in choice ? choice.bundle.digest : null, 'kind' in choice ? choice.kind : null];
}

test('REQ-OTA-UI-01 the bench proposes the newest bundle that is approved for the unit', () => {
  const two = [bundle('2.4', 4), bundle('2.5', 5)];
  assert.deepEqual(choose(two, []), [null, '2.5', 'install']);
  assert.deepEqual(choose(two, [waits('2.5', 'install', [])]), [null, '2.4', 'install']);
  assert.deepEqual(choose(two, [waits('2.5', 'install', [{ serials: ['P1'], workOrder: null }])]), [
    null,
    '2.5',
    'install',
  ]);
  assert.deepEqual(choose(two, [waits('2.5', 'install', [{ serials: ['P2'], workOrder: null }])])[1], '2.4');
});

test('REQ-OTA-UI-01 the bench says why there is no bundle for a unit', () => {
  const one = [bundle('2.4', 4)];
  assert.deepEqual(choose([], [])[0], 'no-bundle');
  assert.deepEqual(choose([bundle('2.4', 4, 'vu-b')], [])[0], 'other-hardware');
  assert.deepEqual(choose(one, [], 4)[0], 'nothing-newer');
  assert.deepEqual(choose([bundle('2.4', 4, 'vu-a', '2026-11-29T09:00:00Z')], [])[0], 'expired');
  assert.deepEqual(choose(one, [waits('2.4', 'install', [])])[0], 'unapproved');
  const elsewhere = [waits('2.4', 'install', [{ serials: '*', workOrder: 'WO-2' }])];
  assert.deepEqual(choose(one, elsewhere)[0], 'other-work-order');
  assert.deepEqual(choose(one, elsewhere, 3, 'WO-2')[0], null);
});

test('REQ-OTA-UI-01 the bench tells an approval that has ended from one that was never given', () => {
  const bundles = [bundle('2.4', 4)];
  const state = { bundleDigest: '2.4', state: 'waiting', required: 2, given: 1, limited: 0, ended: 1 } as const;
  const states = { install: new Map([['2.4', state]]), recovery: new Map() };
  for (const pending of [[], [waits('2.4', 'install', [])]]) {
    const choice = chooseBundle(unit(3), { bundles, states, pending }, 'WO-1', nowMs);
    assert.equal(choice.why, 'approval-ended');
  }
});

test('a unit without firmware that can be read is given a recovery, by approvals for one', () => {
  const one = [bundle('2.4', 4)];
  assert.deepEqual(choose(one, [waits('2.4', 'install', [])], null), [null, '2.4', 'recovery']);
  assert.deepEqual(choose(one, [waits('2.4', 'recovery', [])], null)[0], 'unapproved');
});

test('REQ-OTA-UI-01 a bundle is called approved only where the station says so: not for want of a policy, nor of a line in a list', () => {
  const two = [bundle('2.4', 4), bundle('2.5', 5)];
  assert.deepEqual(choose(two, [], 3, 'WO-1', { '2.5': 'waiting' }), [null, '2.4', 'install']);
  assert.deepEqual(choose(two, [], 3, 'WO-1', { '2.4': 'waiting', '2.5': 'waiting' })[0], 'unapproved');
  assert.deepEqual(choose(two, [], 3, 'WO-1', { '2.4': 'no-policy', '2.5': 'no-policy' })[0], 'no-policy');
  // The station's clock counts, and not the page's.
  assert.deepEqual(choose(two, [], 3, 'WO-1', { '2.4': 'expired', '2.5': 'expired' })[0], 'expired');
  const unsaid = { bundles: two, states: { install: new Map(), recovery: new Map() }, pending: [] };
  assert.notEqual(chooseBundle(unit(3), unsaid, 'WO-1', nowMs).why, null);
});
