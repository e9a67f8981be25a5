import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { WithdrawalStatement } from '../../contract/schema/approval.ts';
import type { ApprovalRequest, ApprovalStatement } from '../../contract/schema/policy.ts';
import type { SigningAuthority } from '../operator/signing-authority.ts';
import { sha256Hex } from '../digest.ts';
import type { Sha256Hex } from '../digest.ts';
import { readStatement } from './approval.ts';
import type { PolicyPorts } from './policies.ts';
import { signApproval } from './sign-approval.ts';
import type { ApprovalContext } from './sign-approval.ts';
import { checkWithdrawal, signWithdrawal, type WithdrawalRequest } from './withdraw-approval.ts';

/** The approvals of a station: signed, kept for ever, and never changed. */
export class Approvals {
  readonly #ports: PolicyPorts;

  constructor(ports: PolicyPorts) {
    this.#ports = ports;
  }

  /** Signs and stores an approval, and its audit event with it. Refuses as {@link signApproval} does. */
  sign(
    authority: SigningAuthority,
    request: ApprovalRequest,
    context: Omit<ApprovalContext, 'now'>,
  ): Result<ApprovalStatement> {
    const { repository, audit, transact, clock } = this.#ports;
    const signed = signApproval(authority, request, { ...context, now: clock.now() });
    if (!signed.ok) return signed;
    const { record, statement } = signed.value;
    const { id, bundleDigest, operator } = statement;
    transact(() => {
      repository.insertApproval({ id, bundleDigest, record });
      audit.append({
        type: 'approval.signed',
        actor: { kind: 'operator', id: operator.id, username: operator.username },
        outcome: 'done',
        subject: { bundle: bundleDigest, approval: id },
        // The statement itself may name a thousand units; its digest ties it to the log.
        data: {
          kind: statement.kind,
          meaning: statement.meaning,
          reasonCode: statement.reasonCode,
          expiresAt: statement.expiresAt,
          statementSha256: sha256Hex(Buffer.from(record.statement, 'utf8')),
          signature: record.signature,
          publicKeySha256: operator.publicKeySha256,
        },
      });
    });
    return accept(statement);
  }

  /**
   * Signs and stores the withdrawal of an approval, and its audit event with it: from then on the approval counts for nothing that begins.
   * Refuses as {@link checkWithdrawal} does, and with `policy.approval-withdrawn`.
   */
  withdraw(authority: SigningAuthority, request: WithdrawalRequest, station: string): Result<WithdrawalStatement> {
    const { repository, audit, transact, clock } = this.#ports;
    return transact(() => {
      const checked = checkWithdrawal(repository.findApproval(request.approval), request, authority.operator);
      if (!checked.ok) return checked;
      if (repository.hasWithdrawal(request.approval)) {
        return refuse('policy.approval-withdrawn', 'This approval was withdrawn already.');
      }
      const { record, statement } = signWithdrawal(authority, request, { ...checked.value, now: clock.now(), station });
      repository.insertWithdrawal(request.approval, record);
      const { id, username, publicKeySha256 } = statement.operator;
      audit.append({
        type: 'approval.withdrawn',
        actor: { kind: 'operator', id, username },
        outcome: 'done',
        subject: { bundle: statement.bundleDigest, approval: request.approval },
        data: {
          reason: statement.reason,
          statementSha256: sha256Hex(Buffer.from(record.statement, 'utf8')),
          signature: record.signature,
          publicKeySha256,
        },
      });
      return accept(statement);
    });
  }

  /** Who took which approval of a bundle back. */
  withdrawals(bundleDigest: Sha256Hex): readonly WithdrawalStatement[] {
    return [...this.#ports.repository.withdrawalsOf(bundleDigest).values()].map(({ statement }) =>
      v.parse(WithdrawalStatement, JSON.parse(statement)),
    );
  }

  /** What was approved for a bundle, as it was signed; whether it still counts is `evaluateApprovals`' answer. */
  list(bundleDigest: Sha256Hex): readonly ApprovalStatement[] {
    return this.#ports.repository.approvalsOf(bundleDigest).flatMap((record) => {
      const statement = readStatement(record);
      return statement.ok ? [statement.value] : [];
    });
  }
}
