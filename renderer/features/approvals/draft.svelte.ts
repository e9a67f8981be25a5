import { onNextOperator } from '../../app/next-operator.ts';
import type { ApprovalDraft } from './approval-request.ts';

const nothing: ApprovalDraft = {
  kind: 'install',
  scope: 'all',
  serials: '',
  workOrder: '',
  meaning: '',
  reasonCode: '',
  fromAtMost: '',
  toVersion: '',
  because: '',
};

let of = '';

/** What was typed for the bundle that is open; it outlives the screen, so that a look elsewhere loses nothing. */
export const draft = $state<{ -readonly [K in keyof ApprovalDraft]: ApprovalDraft[K] }>({ ...nothing });

/** Begins anew where another bundle is opened. */
export function beginDraft(bundleDigest: string, meaning: string): void {
  if (of === bundleDigest) return;
  of = bundleDigest;
  Object.assign(draft, nothing, { meaning });
}

export function endDraft(): void {
  of = '';
}

onNextOperator(endDraft);
