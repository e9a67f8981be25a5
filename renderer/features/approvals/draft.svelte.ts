import { onNextOperator } from '../../app/next-operator.ts';
import type { AskedDowngrade } from '../../station/asked-downgrade.ts';
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

/**
 * Begins anew where another bundle is opened, or another way back is asked for.
 * @param meaning that is proposed
 * @param asked by the bench: filled in, but for the reason, which is the approver's own
 */
export function beginDraft(bundleDigest: string, meaning: string, asked: AskedDowngrade | null): void {
  const subject = JSON.stringify([bundleDigest, asked]);
  if (of === subject) return;
  of = subject;
  Object.assign(draft, nothing, { meaning }, asked === null ? {} : fillIn(asked));
}

export function endDraft(): void {
  of = '';
}

onNextOperator(endDraft);

function fillIn({ serial, fromVersion, toVersion, workOrder }: AskedDowngrade): Partial<ApprovalDraft> {
  return {
    kind: 'downgrade',
    serials: serial,
    fromAtMost: String(fromVersion),
    toVersion: String(toVersion),
    workOrder,
  };
}
