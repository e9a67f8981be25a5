import type { Refusal } from '../../../contract/result.ts';
import type { PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import { call } from '../../bridge/call.ts';

/** As many as one page of an answer holds. */
const mostPending = 500;

let list = $state.raw<readonly BundleView[] | null>(null);
let pending = $state.raw<readonly PendingApproval[] | null>(null);
let refusal = $state.raw<Refusal | null>(null);

/** Imported bundles, and what each still waits for. */
export const bundleStock = {
  /** Newest first; null until the station has answered. */
  get list(): readonly BundleView[] | null {
    return list;
  },
  /** Null where the station could not say. */
  get pending(): readonly PendingApproval[] | null {
    return pending;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
};

export async function refreshBundles(): Promise<void> {
  const [bundles, waiting] = await Promise.all([
    call('bundle.list', {}),
    call('approval.pending', { kinds: ['install'], limit: mostPending }),
  ]);
  if (bundles.ok) list = bundles.value.toSorted((a, b) => b.importedAt.localeCompare(a.importedAt));
  // Where some were left out, a bundle that is not named may still wait: better to say nothing of any.
  pending = waiting.ok && waiting.value.omitted === 0 ? waiting.value.pending : null;
  refusal = bundles.ok ? (waiting.ok ? null : waiting) : bundles;
}
