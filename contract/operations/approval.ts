import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256 } from '../schema/bundle.ts';
import { ApprovalRequest, ApprovalStatement } from '../schema/policy.ts';
import { reauthenticationFields } from '../schema/session.ts';

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
} as const satisfies OperationTable;
