import { accept, type Refusal, type Result } from '../../../contract/result.ts';
import type { AuditEvidence, AuditRow, AuditVerificationState } from '../../../contract/schema/audit-log.ts';
import type { AuditFinding } from '../../../contract/schema/audit.ts';
import type { CallOutput } from '../../../contract/window/bridge.ts';
import { call } from '../../bridge/call.ts';
import { station } from '../../station/live.svelte.ts';
import { PagedList, pageRows } from '../../station/paged-list.svelte.ts';
import { comparing } from './comparing.svelte.ts';
import { isBeside } from './first-fault.ts';
import { isFiltered, noFilter, searchOf, type AuditFilter } from './search.ts';

let owner: string | null = null;
let question = 0;
/** Only events below this number are listed; null: from the newest. */
let top = $state<number | null>(null);
/** Events in the log when the list was read from its top. */
let seenSize = $state(0);
let isVerifying = $state(false);
let verification = $state.raw<AuditVerificationState | null>(null);
let checkpoint = $state.raw<CallOutput<'audit.checkpoint'> | null>(null);
let evidence = $state.raw<AuditEvidence | null>(null);
let evidenceRefusal = $state.raw<Refusal | null>(null);
let refusal = $state.raw<Refusal | null>(null);

/** What stands in the fields; it is there again after another place was visited. */
export const filter = $state<{ -readonly [K in keyof AuditFilter]: AuditFilter[K] }>({ ...noFilter });

export const events = new PagedList<AuditRow>(async (last): Promise<Result<readonly AuditRow[]>> => {
  const before = last?.seq ?? top;
  const answer = await call('audit.search', { ...searchOf(filter), before, after: null, limit: pageRows });
  if (!answer.ok) return answer;
  if (last === null) seenSize = answer.value.size;
  return accept(answer.value.rows);
});

export const audit = {
  get isVerifying(): boolean {
    return isVerifying;
  },
  /** What was verified when; null until the station has answered. */
  get verification(): AuditVerificationState | null {
    return verification;
  },
  get checkpoint(): CallOutput<'audit.checkpoint'> | null {
    return checkpoint;
  },
  /** The event in the drawer with its proof; null while it is read. */
  get evidence(): AuditEvidence | null {
    return evidence;
  },
  get evidenceRefusal(): Refusal | null {
    return evidenceRefusal;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
  /** Events that were written since the list was read. */
  get newerEvents(): number {
    return Math.max(0, (station.log.get('size') ?? 0) - seenSize);
  },
  /** True where the list begins further down than at the newest event. */
  get isDeep(): boolean {
    return top !== null;
  },
  /** Events behind the last that was verified. */
  get unverified(): number {
    const size = Math.max(station.log.get('size') ?? 0, verification?.size ?? 0);
    return Math.max(0, size - (verification?.verification?.size ?? 0));
  },
};

/** Reads the newest events for whoever is logged in, and verifies what is not verified yet; another operator begins anew. */
export async function openAudit(operator: string | null): Promise<void> {
  if (operator !== owner) {
    Object.assign(filter, noFilter);
    events.clear();
    closeEvent();
    comparing.forget();
    top = null;
    verification = null;
    checkpoint = null;
    refusal = null;
    owner = operator;
  }
  await Promise.all([events.restart(), readVerification()]);
  if (verification?.verification?.intact !== false) await verify('new');
}

/** Has the station read the whole log, or what came on top of what it has read. */
export async function verify(scope: 'whole' | 'new'): Promise<void> {
  if (isVerifying) return;
  const asker = owner;
  isVerifying = true;
  const answer = await call('audit.verify', { scope });
  isVerifying = false;
  if (asker !== owner) return;
  refusal = answer.ok ? null : answer;
  await readVerification();
  if (scope === 'whole') await events.restart();
}

export async function readVerification(): Promise<void> {
  const asker = owner;
  const answer = await call('audit.verification', {});
  if (asker !== owner) return;
  if (answer.ok) verification = answer.value;
  else refusal = answer;
}

/** From the newest event; what came since the last reading is then verified too. */
export async function showNewest(): Promise<void> {
  top = null;
  await events.restart();
  if (verification?.verification?.intact === true) await verify('new');
}

/** From the event of this number down, whatever the fields say. */
export async function showFrom(seq: number): Promise<void> {
  Object.assign(filter, noFilter);
  top = seq + 1;
  await events.restart();
}

/** The page above what is listed. */
export async function showNewer(): Promise<void> {
  const after = (top ?? 1) - 1;
  const answer = await call('audit.search', { ...searchOf(filter), before: null, after, limit: pageRows });
  refusal = answer.ok ? null : answer;
  if (!answer.ok) return;
  const [newest] = answer.value.rows;
  top = newest === undefined || answer.value.rows.length < pageRows ? null : newest.seq + 1;
  await events.restart();
}

/** Looks for what stands in the fields, from the newest event. */
export async function search(): Promise<void> {
  top = null;
  await events.restart();
}

export async function takeCheckpoint(): Promise<boolean> {
  const asker = owner;
  const answer = await call('audit.checkpoint', {});
  if (asker !== owner) return false;
  refusal = answer.ok ? null : answer;
  if (answer.ok) checkpoint = answer.value;
  await showNewest();
  return answer.ok;
}

export async function showEvent(seq: number): Promise<void> {
  const mine = closeEvent();
  const answer = await call('audit.show', { seq });
  if (mine !== question) return;
  if (answer.ok) evidence = answer.value;
  else evidenceRefusal = answer;
}

/** Empties the drawer; an answer that is still on its way is not shown any more. */
export function closeEvent(): number {
  evidence = null;
  evidenceRefusal = null;
  question += 1;
  return question;
}

/** The first finding that concerns an event itself; undefined where none does. */
export function findingOf(seq: number): AuditFinding | undefined {
  return verification?.verification?.findings.find(
    (finding) => finding.fromSeq <= seq && seq <= finding.toSeq && !isBeside(finding),
  );
}

/** True where the fields narrow the list. */
export function isNarrowed(): boolean {
  return isFiltered(filter);
}
