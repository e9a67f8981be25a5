import type { Refusal } from '../../../contract/result.ts';
import type {
  AuditEvent,
  AuditEventType,
  AuditFinding,
  AuditOutcome,
  AuditVerification,
} from '../../../contract/schema/audit.ts';
import type { CallOutput } from '../../../contract/window/bridge.ts';
import { call } from '../../bridge/call.ts';
import { PagedList, pageRows } from '../../station/paged-list.svelte.ts';

interface Verified {
  readonly at: string;
  readonly verification: AuditVerification;
}

let owner: string | null = null;
let isVerifying = $state(false);
let verified = $state.raw<Verified | null>(null);
let checkpoint = $state.raw<CallOutput<'audit.checkpoint'> | null>(null);
let refusal = $state.raw<Refusal | null>(null);

export const choice = $state<{ type: AuditEventType | 'every'; outcome: AuditOutcome | 'every' }>({
  type: 'every',
  outcome: 'every',
});

export const events = new PagedList<AuditEvent>((last) =>
  call('audit.list', {
    before: last?.seq ?? null,
    type: choice.type === 'every' ? null : choice.type,
    outcome: choice.outcome === 'every' ? null : choice.outcome,
    limit: pageRows,
  }),
);

export const audit = {
  get isVerifying(): boolean {
    return isVerifying;
  },
  /** What the last verification of this window found, and when. */
  get verified(): Verified | null {
    return verified;
  },
  get checkpoint(): CallOutput<'audit.checkpoint'> | null {
    return checkpoint;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
};

/** Reads the newest events for whoever is logged in; another operator begins anew. */
export async function openAudit(operator: string | null): Promise<void> {
  if (operator !== owner) {
    Object.assign(choice, { type: 'every', outcome: 'every' });
    events.clear();
    verified = null;
    checkpoint = null;
    refusal = null;
    owner = operator;
  }
  await events.restart();
}

/** Has the station read every event and every checkpoint; that it was done is an event itself. */
export async function verify(): Promise<void> {
  if (isVerifying) return;
  const asker = owner;
  isVerifying = true;
  const answer = await call('audit.verify', {});
  isVerifying = false;
  if (asker !== owner) return;
  refusal = answer.ok ? null : answer;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- it is turned to text at once and never changes
  if (answer.ok) verified = { at: new Date().toISOString(), verification: answer.value };
  await events.restart();
}

export async function takeCheckpoint(): Promise<boolean> {
  const asker = owner;
  const answer = await call('audit.checkpoint', {});
  if (asker !== owner) return false;
  refusal = answer.ok ? null : answer;
  if (answer.ok) checkpoint = answer.value;
  await events.restart();
  return answer.ok;
}

/** The first finding that concerns an event; undefined where none does. */
export function findingOf({ seq }: AuditEvent): AuditFinding | undefined {
  return verified?.verification.findings.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq);
}
