import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { ApprovalStatement } from '../../contract/schema/policy.ts';
import type { ApprovalQuestion, CountedApprovals } from './evaluate-approvals.ts';

/**
 * Leave to take ONE unit back by one step until a point in time (REQ-OTA-VER-03). It is not a document of its own: it is
 * what `downgrade` approvals, each an electronic signature over the serial number, the step and the reason, amount to
 * once as many of them count as the policy requires. Nothing else makes one.
 */
export class DowngradePermit {
  readonly product: string;
  readonly serial: string;
  readonly fromVersionAtMost: number;
  readonly toVersion: number;
  /** UTC */
  readonly expires: string;
  /** A private field, so that no object of the same shape passes for a permit. */
  readonly #approvals: readonly ApprovalStatement[];

  private constructor(
    serial: string,
    fromVersionAtMost: number,
    expires: string,
    question: ApprovalQuestion,
    approvals: readonly ApprovalStatement[],
  ) {
    this.product = question.product;
    this.serial = serial;
    this.fromVersionAtMost = fromVersionAtMost;
    this.toVersion = question.imageVersion;
    this.expires = expires;
    this.#approvals = approvals;
  }

  /** The approvals that it stands on. */
  get approvalIds(): readonly string[] {
    return this.#approvals.map((statement) => statement.id);
  }

  /**
   * From approvals that `evaluateApprovals` counted for this question. Where the approvers allow different highest
   * starting versions, the lowest holds. Refuses with `policy.permit-mismatch` where the question is none of a downgrade.
   */
  static fromApprovals(
    question: ApprovalQuestion,
    { statements, validUntil }: CountedApprovals,
  ): Result<DowngradePermit> {
    const terms = statements.flatMap(({ downgrade }) => (downgrade === null ? [] : [downgrade]));
    if (question.serial === null || validUntil === null || terms.length === 0 || terms.length < statements.length) {
      return refuse(
        'policy.permit-mismatch',
        'A downgrade needs approvals that name the one unit and the version it goes back to.',
      );
    }
    const fromVersionAtMost = Math.min(...terms.map((term) => term.fromVersionAtMost));
    return accept(new DowngradePermit(question.serial, fromVersionAtMost, validUntil, question, statements));
  }
}
