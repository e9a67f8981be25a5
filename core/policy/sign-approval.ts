import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { ApprovalRequest } from '../../contract/schema/policy.ts';
import type { ApprovalRecord, ApprovalStatement } from '../../contract/schema/policy.ts';
import type { OperatorId } from '../../contract/schema/session.ts';
import { sha256Hex } from '../digest.ts';
import type { RandomBytes } from '../ports.ts';
import { randomUuid } from '../random-uuid.ts';
import type { SigningAuthority } from '../operator/signing-authority.ts';
import { encodeStatement } from './approval.ts';
import { checkApprover, checkImporter, checkReasonCode } from './approver.ts';
import type { Policy } from './policy-document.ts';

const HOUR_MS = 3_600_000;

export interface ApprovalContext {
  readonly policy: Policy;
  /** Who imported the bundle. */
  readonly importerId: OperatorId;
  /** Id of this station. */
  readonly station: string;
  readonly now: Date;
  readonly randomBytes: RandomBytes;
}

/**
 * Signs an approval in the name of the operator who has just entered the password again: printed name, time and meaning
 * stand in what is signed (21 CFR 11.50 (a)). Every check comes before the signature.
 * Refuses with `policy.request-invalid`, `policy.approver-not-allowed`, `policy.approver-imported` or
 * `policy.reason-code-missing`.
 */
export function signApproval(
  authority: SigningAuthority,
  request: ApprovalRequest,
  context: ApprovalContext,
): Result<{ record: ApprovalRecord; statement: ApprovalStatement }> {
  const { operator, publicKey } = authority;
  const { policy } = context;
  const refusal =
    checkRequest(request, policy) ??
    checkApprover(operator, policy.document) ??
    checkImporter(operator, context.importerId, policy.document) ??
    checkReasonCode(request.reasonCode, operator, policy.document);
  if (refusal !== null) return refusal;
  const statement: ApprovalStatement = {
    ...request,
    format: 'drydock-approval/1',
    id: randomUuid(context.randomBytes),
    policyDigest: policy.digest,
    operator: {
      id: operator.id,
      username: operator.username,
      printedName: operator.printedName,
      publicKeySha256: sha256Hex(publicKey),
    },
    signedAt: context.now.toISOString(),
    expiresAt: new Date(context.now.getTime() + policy.document.approvals.validForHours * HOUR_MS).toISOString(),
    station: context.station,
  };
  const text = encodeStatement(statement);
  const signature = authority.signOnce(Buffer.from(text, 'utf8'));
  const record = {
    statement: text,
    signature: Buffer.from(signature).toString('base64'),
    publicKey: Buffer.from(publicKey).toString('base64'),
  };
  return accept({ record, statement });
}

function checkRequest(request: ApprovalRequest, policy: Policy): Refusal | null {
  const parsed = v.safeParse(ApprovalRequest, request);
  if (!parsed.success) {
    const bad = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'request'}: ${issue.message}`).join('; ');
    return refuse('policy.request-invalid', `The approval cannot be signed: ${bad}.`);
  }
  const { product } = policy.document;
  if (product !== '*' && product !== request.product) {
    const reason = `The approval is for the product ${request.product}, but the policy is that of ${product}.`;
    return refuse('policy.request-invalid', reason, { product: request.product });
  }
  const terms = request.downgrade;
  if (terms !== null && terms.toVersion > terms.fromVersionAtMost) {
    const reason = `A downgrade from at most version ${terms.fromVersionAtMost} to version ${terms.toVersion} would lead upwards.`;
    return refuse('policy.request-invalid', reason, { ...terms });
  }
  return null;
}
