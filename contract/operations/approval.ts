import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256 } from '../schema/bundle.ts';
import { ApprovalState, PendingApproval, WithdrawalStatement } from '../schema/approval.ts';
import { ApprovalKind, ApprovalRequest, ApprovalStatement } from '../schema/policy.ts';
import { reauthenticationFields } from '../schema/session.ts';
import { Page } from './input.ts';

/** Signatures of approvers. */
export const approvalOperations = {
  'approval.sign': {
    access: 'approval.sign',
    input: v.strictObject({ request: ApprovalRequest, ...reauthenticationFields }),
    output: ApprovalStatement,
  },
  'approval.list': {
    access: 'bundle.read',
    input: v.strictObject({ bundleDigest: Sha256 }),
    output: v.array(ApprovalStatement),
  },
  /** Bundles that cannot be installed on every unit yet for want of approvals, newest import first, as the operator who asks sees them. */
  'approval.pending': {
    access: 'bundle.read',
    input: v.strictObject({ kinds: v.pipe(v.array(ApprovalKind), v.minLength(1), v.maxLength(3)), limit: Page }),
    output: v.strictObject({ pending: v.array(PendingApproval), omitted: v.number() }),
  },
  /** How each of the bundles stands, in the order of the question. A bundle that is not in `approval.pending` may be complete, expired or without policy. */
  'approval.state': {
    access: 'bundle.read',
    input: v.strictObject({
      kind: ApprovalKind,
      bundleDigests: v.pipe(v.array(Sha256), v.minLength(1), v.maxLength(500)),
    }),
    output: v.array(ApprovalState),
  },
  /** Takes one's own approval back; nothing is activated under it any more, and a unit that was is brought to its end. */
  'approval.withdraw': {
    access: 'approval.sign',
    input: v.strictObject({
      approval: WithdrawalStatement.entries.approval,
      reason: WithdrawalStatement.entries.reason,
      ...reauthenticationFields,
    }),
    output: WithdrawalStatement,
  },
  'approval.withdrawals': {
    access: 'bundle.read',
    input: v.strictObject({ bundleDigest: Sha256 }),
    output: v.array(WithdrawalStatement),
  },
} as const satisfies OperationTable;
