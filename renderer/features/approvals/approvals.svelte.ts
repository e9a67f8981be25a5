import type { Refusal } from '../../../contract/result.ts';
import type { ApprovalState, PendingApproval, WithdrawalStatement } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { ApprovalKind, ApprovalRequest, ApprovalStatement, PolicyView } from '../../../contract/schema/policy.ts';
import { call } from '../../bridge/call.ts';
import { askApprovalStates } from '../../station/approval-states.ts';

const kinds: ApprovalKind[] = ['install', 'recovery', 'downgrade'];

interface Everything {
  readonly bundles: readonly BundleView[];
  /** Of each kind. */
  readonly pending: readonly PendingApproval[];
  readonly omitted: number;
  /** Of approvals to install, by bundle; one that is missing is not known. */
  readonly states: ReadonlyMap<string, ApprovalState>;
  /** Newest first. */
  readonly signed: readonly ApprovalStatement[];
  readonly withdrawals: readonly WithdrawalStatement[];
}

let all = $state.raw<Everything | null>(null);
let refusal = $state.raw<Refusal | null>(null);
let policy = $state.raw<PolicyView | null>(null);

export const approvals = {
  /** Null until the station has answered. */
  get all(): Everything | null {
    return all;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
  /** In force for the product that was asked for last. */
  get policy(): PolicyView | null {
    return policy;
  },
};

export async function refreshApprovals(): Promise<void> {
  const [bundles, pending] = await Promise.all([
    call('bundle.list', {}),
    call('approval.pending', { kinds, limit: 500 }),
  ]);
  refusal = bundles.ok ? (pending.ok ? null : pending) : bundles;
  if (!bundles.ok) return;
  const digests = bundles.value.map(({ digest: bundleDigest }) => ({ bundleDigest }));
  const [asked, signed, withdrawals] = await Promise.all([
    askApprovalStates(
      'install',
      bundles.value.map(({ digest }) => digest),
    ),
    Promise.all(digests.map((input) => call('approval.list', input))),
    Promise.all(digests.map((input) => call('approval.withdrawals', input))),
  ]);
  refusal ??= asked.refusal ?? [...signed, ...withdrawals].find((answer): answer is Refusal => !answer.ok) ?? null;
  all = {
    bundles: bundles.value,
    pending: pending.ok ? pending.value.pending : [],
    omitted: pending.ok ? pending.value.omitted : 0,
    states: asked.states,
    signed: signed
      .flatMap((answer) => (answer.ok ? answer.value : []))
      .toSorted((a, b) => b.signedAt.localeCompare(a.signedAt)),
    withdrawals: withdrawals.flatMap((answer) => (answer.ok ? answer.value : [])),
  };
}

export async function readPolicy(product: string): Promise<void> {
  const answer = await call('policy.show', { product });
  policy = answer.ok ? answer.value : null;
  if (!answer.ok) refusal = answer;
}

/** Resolves to the refusal; what was signed is in the list then. */
export async function signApproval(
  request: ApprovalRequest,
  password: string,
  code: string | null,
): Promise<Refusal | null> {
  const answer = await call('approval.sign', { request, password, code });
  if (!answer.ok) return answer;
  await refreshApprovals();
  return null;
}

export async function takeBack(
  { id }: ApprovalStatement,
  reason: string,
  password: string,
  code: string | null,
): Promise<Refusal | null> {
  const answer = await call('approval.withdraw', { approval: id, reason, password, code });
  if (!answer.ok) return answer;
  await refreshApprovals();
  return null;
}
