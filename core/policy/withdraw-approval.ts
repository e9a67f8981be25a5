import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { WithdrawalStatement } from '../../contract/schema/approval.ts';
import type { ApprovalRecord } from '../../contract/schema/policy.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import { canonicalJson } from '../canonical-json.ts';
import { sha256Hex } from '../digest.ts';
import type { SigningAuthority } from '../operator/signing-authority.ts';
import { readStatement } from './approval.ts';

export interface WithdrawalRequest {
  /** Id of the approval. */
  readonly approval: string;
  readonly reason: string;
}

/** Refuses with `policy.approval-unknown`, also for a record that cannot be read, or `policy.approval-not-own`. */
export function checkWithdrawal(
  record: ApprovalRecord | null,
  { approval }: WithdrawalRequest,
  operator: Pick<OperatorView, 'id' | 'printedName'>,
): Result<{ readonly bundleDigest: string; readonly sha256: string }> {
  const statement = record === null ? null : readStatement(record);
  if (record === null || statement?.ok !== true) {
    return refuse('policy.approval-unknown', `There is no approval ${approval} at this station.`, { approval });
  }
  const signer = statement.value.operator;
  if (signer.id !== operator.id) {
    const reason = `The approval is ${signer.printedName}'s; nobody else can withdraw it. If that person has left, disable the account.`;
    return refuse('policy.approval-not-own', reason, { approval });
  }
  const { bundleDigest } = statement.value;
  return accept({ bundleDigest, sha256: sha256Hex(Buffer.from(record.statement, 'utf8')) });
}

/** Signs the withdrawal of an approval that {@link checkWithdrawal} has found to be the signer's own. */
export function signWithdrawal(
  authority: SigningAuthority,
  { approval, reason }: WithdrawalRequest,
  of: { readonly bundleDigest: string; readonly sha256: string; readonly now: Date; readonly station: string },
): { readonly record: ApprovalRecord; readonly statement: WithdrawalStatement } {
  const { id, username, printedName } = authority.operator;
  const statement: WithdrawalStatement = {
    format: 'drydock-approval-withdrawal/1',
    approval,
    approvalSha256: of.sha256,
    bundleDigest: of.bundleDigest,
    reason,
    operator: { id, username, printedName, publicKeySha256: sha256Hex(authority.publicKey) },
    withdrawnAt: of.now.toISOString(),
    station: of.station,
  };
  const text = canonicalJson(statement);
  const signature = authority.signOnce(Buffer.from(text, 'utf8'));
  const record = {
    statement: text,
    signature: Buffer.from(signature).toString('base64'),
    publicKey: Buffer.from(authority.publicKey).toString('base64'),
  };
  return { record, statement };
}
