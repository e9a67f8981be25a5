import type { PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';

/** What stands between an imported bundle and a unit, as far as the list of bundles can know. */
export type BundleState =
  | { readonly kind: 'expired' }
  | { readonly kind: 'waiting'; readonly given: number; readonly required: number }
  | { readonly kind: 'complete' }
  | { readonly kind: 'unknown' };

/**
 * @param pending what waits for approvals; null where the station could not say, for example because its clock is not believed
 * @param nowMs milliseconds of the machine's clock; only shown by, never decided by
 */
export function stateOfBundle(
  { digest, manifest }: BundleView,
  pending: readonly PendingApproval[] | null,
  nowMs: number,
): BundleState {
  if (Date.parse(manifest.expires) <= nowMs) return { kind: 'expired' };
  if (pending === null) return { kind: 'unknown' };
  const waiting = pending.find(({ bundleDigest, kind }) => bundleDigest === digest && kind === 'install');
  if (waiting === undefined) return { kind: 'complete' };
  return { kind: 'waiting', given: waiting.given, required: waiting.required };
}
