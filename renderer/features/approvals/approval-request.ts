import type { ApprovalKind, ApprovalRequest } from '../../../contract/schema/policy.ts';

/** What an approver has typed so far. */
export interface ApprovalDraft {
  readonly kind: ApprovalKind;
  readonly scope: 'all' | 'these';
  /** One serial number on each line. */
  readonly serials: string;
  readonly workOrder: string;
  readonly meaning: string;
  /** Empty: none was chosen. */
  readonly reasonCode: string;
  readonly fromAtMost: string;
  readonly toVersion: string;
  readonly because: string;
}

/** Serial numbers in their order, each once, without outer spaces. */
export function readSerials(text: string): string[] {
  return [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((line) => line !== '');
}

/**
 * What would be signed; null while something that is needed is missing. The station checks the request itself.
 * @param asksReason whether the policy has reason codes
 */
export function readRequest(
  draft: ApprovalDraft,
  { bundleDigest, product }: Pick<ApprovalRequest, 'bundleDigest' | 'product'>,
  asksReason: boolean,
): ApprovalRequest | null {
  const { kind, reasonCode } = draft;
  const isBack = kind === 'downgrade';
  const serials = isBack || draft.scope === 'these' ? readSerials(draft.serials) : ('*' as const);
  const meaning = draft.meaning.trim();
  const downgrade = isBack
    ? {
        fromVersionAtMost: readCounter(draft.fromAtMost),
        toVersion: readCounter(draft.toVersion),
        reason: draft.because.trim(),
      }
    : null;
  if (meaning === '' || serials.length === 0 || (asksReason && reasonCode === '')) return null;
  if (isBack && serials.length !== 1) return null;
  if (downgrade !== null && (downgrade.reason === '' || !(downgrade.fromVersionAtMost > 0 && downgrade.toVersion > 0)))
    return null;
  return {
    kind,
    bundleDigest,
    product,
    scope: { serials, workOrder: draft.workOrder.trim() === '' ? null : draft.workOrder.trim() },
    meaning,
    reasonCode: asksReason ? reasonCode : null,
    downgrade,
  };
}

/** NaN where it is no whole number. */
function readCounter(text: string): number {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text.trim()) : NaN;
}
