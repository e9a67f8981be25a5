import type { Refusal } from '../../../contract/result.ts';
import type { ApprovalState } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import { call } from '../../bridge/call.ts';
import { askApprovalStates } from '../../station/approval-states.ts';

let list = $state.raw<readonly BundleView[] | null>(null);
let states = $state.raw<ReadonlyMap<string, ApprovalState>>(new Map());
let refusal = $state.raw<Refusal | null>(null);
let round = 0;

/** Imported bundles, and how their approvals stand. */
export const bundleStock = {
  /** Newest first; null until the station has answered. */
  get list(): readonly BundleView[] | null {
    return list;
  },
  /** By digest, as the station itself says; one that is missing is not known. */
  get states(): ReadonlyMap<string, ApprovalState> {
    return states;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
};

export async function refreshBundles(): Promise<void> {
  const mine = ++round;
  const bundles = await call('bundle.list', {});
  const digests = bundles.ok ? bundles.value.map(({ digest }) => digest) : [];
  const asked = await askApprovalStates('install', digests);
  // Somebody has asked anew meanwhile, and that answer is the newer one.
  if (mine !== round) return;
  if (bundles.ok) list = bundles.value.toSorted((a, b) => b.importedAt.localeCompare(a.importedAt));
  states = asked.states;
  refusal = bundles.ok ? asked.refusal : bundles;
}
