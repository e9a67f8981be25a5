import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256 } from '../schema/bundle.ts';
import { PendingApproval, WithdrawalStatement } from '../schema/approval.ts';
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
