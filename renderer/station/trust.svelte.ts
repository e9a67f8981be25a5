import type { TrustOverview } from '../../contract/schema/trust.ts';
import { call } from '../bridge/call.ts';

let overview = $state.raw<TrustOverview | null>(null);

/** What the station trusts, and whether it believes its clock; null while the operator may not see it. */
export function trustOverview(): TrustOverview | null {
  return overview;
}

/** Asks anew: after a log-in, after each change of trust, and when the window comes back to the front. */
export async function refreshTrust(): Promise<void> {
  const answer = await call('trust.show', {});
  overview = answer.ok ? answer.value : null;
}
