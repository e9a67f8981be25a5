import type { Refusal } from '../../../contract/result.ts';
import type { PendingApproval } from '../../../contract/schema/approval.ts';
import type { ApprovalStatement } from '../../../contract/schema/policy.ts';
import { call } from '../../bridge/call.ts';
import { bench, papersOf, refreshBench } from './bench.svelte.ts';
import { unitReadings } from './readings.svelte.ts';
import type { Card } from './cards.ts';
import { listOlderReleases, type OlderRelease } from './older-release.ts';

let pending = $state.raw<readonly PendingApproval[]>([]);
let statements = $state.raw<readonly ApprovalStatement[]>([]);
let refusal = $state.raw<Refusal | null>(null);
let askedAtMs = $state(0);

export const goingBack = {
  get refusal(): Refusal | null {
    return refusal;
  },
};

/** Older bundles for the unit of a card, under the work order that stands on the bench. */
export function olderReleasesFor({ position }: Card): readonly OlderRelease[] {
  const state = unitReadings.all.get(position)?.state;
  if (state == null || askedAtMs === 0) return [];
  return listOlderReleases(
    state,
    { bundles: bench.stock.bundles, pending, statements },
    bench.workOrder.trim(),
    askedAtMs,
  );
}

/** Which bundles there are, and which approvals for going back: no event tells. */
export async function refreshGoingBack(): Promise<void> {
  await refreshBench();
  const answer = await call('approval.pending', { kinds: ['downgrade'], limit: 500 });
  refusal = answer.ok ? null : answer;
  if (!answer.ok) return;
  const signed = answer.value.pending.filter(({ approvals }) => approvals.length > 0);
  const lists = await Promise.all(signed.map(({ bundleDigest }) => call('approval.list', { bundleDigest })));
  refusal = lists.find((list): list is Refusal => !list.ok) ?? null;
  pending = answer.value.pending;
  statements = lists.flatMap((list) => (list.ok ? list.value : []));
  askedAtMs = Date.now();
}

/** Installs an older release. Null where the job has begun. */
export async function goBack(card: Card, { bundle }: OlderRelease): Promise<Refusal | null> {
  const { assetTag, udi } = papersOf(card);
  const answer = await call('update.start', {
    position: card.position,
    bundleDigest: bundle.digest,
    kind: 'downgrade',
    workOrder: bench.workOrder.trim(),
    assetTag: assetTag.trim() || null,
    udi: udi.trim() || null,
  });
  return answer.ok ? null : answer;
}
