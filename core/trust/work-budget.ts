import { refuse, RefusalError } from '../../contract/result.ts';

/**
 * What one call of `verifyChain` or `verifyCms` may spend in all, over every certificate, signer and list that it is given. Together these keep
 * any input below a second of CPU; docs/trust.md has the figures.
 */
export const workLimits = {
  /** DER of certificates that is parsed: anchors, intermediates, signers, and those of timestamps. */
  certificateBytes: 1024 * 1024,
  /** DER of revocation lists that is parsed. */
  crlBytes: 2 * 1024 * 1024,
  /** Signatures that are checked, of certificates, revocation lists, signers and timestamps. */
  signatures: 128,
  /** Bytes that are hashed for those. */
  signedBytes: 32 * 1024 * 1024,
  /** Certificates that are tried as the issuer of another. */
  steps: 4096,
  /** Complete paths that are judged. */
  paths: 64,
  /** A name compared with a subtree; long ones count more. */
  nameComparisons: 65_536,
} as const;

export type BudgetName = keyof typeof workLimits;

const budgetWords: Readonly<Record<BudgetName, string>> = {
  certificateBytes: 'bytes of certificates to read',
  crlBytes: 'bytes of revocation lists to read',
  signatures: 'signatures to check',
  signedBytes: 'signed bytes to hash',
  steps: 'possible paths to search',
  paths: 'complete paths to judge',
  nameComparisons: 'names to compare with name constraints',
};

/** Counts down what is left of `workLimits`. */
export class WorkBudget {
  readonly #left: Record<BudgetName, number> = { ...workLimits };

  /** Throws `trust.budget-exceeded`, which names the budget, where less than `amount` is left. */
  spend(budget: BudgetName, amount = 1): void {
    this.#left[budget] -= amount;
    if (this.#left[budget] >= 0) return;
    const limit = workLimits[budget];
    throw new RefusalError(
      refuse(
        'trust.budget-exceeded',
        `There are more than ${limit} ${budgetWords[budget]}; leave out certificates and revocation lists that are not needed.`,
        { budget, limit },
      ),
    );
  }
}
