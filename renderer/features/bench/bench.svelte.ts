import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { BenchView } from '../../../contract/schema/bench.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { windowStore } from '../../app/window-store.svelte.ts';
import { call } from '../../bridge/call.ts';
import { isLoss } from '../../bridge/session-loss.ts';
import { askApprovalStates } from '../../station/approval-states.ts';
import { station } from '../../station/live.svelte.ts';
import { layOut, type Card } from './cards.ts';
import { chooseBundle, type Choice, type Stock } from './choose-bundle.ts';
import { followUnit, forgetReadings, unitReadings } from './readings.svelte.ts';
import { standingOf, type Standing } from './standing.ts';

/** What a person typed or scanned for one unit. */
interface UnitPapers {
  readonly assetTag: string;
  readonly udi: string;
}

const noPapers: UnitPapers = { assetTag: '', udi: '' };
const noStock: Stock = { bundles: [], states: { install: new Map(), recovery: new Map() }, pending: [] };

let map = $state.raw<BenchView>({ places: [], moved: null });
let stock = $state.raw<Stock>(noStock);
let stockRefusal = $state.raw<Refusal | null>(null);
let askedAtMs = $state(0);
let workOrder = $state('');
let reason = $state('');
let owner: string | undefined;
const forgetters: (() => void)[] = [];
const papers = new SvelteMap<string, UnitPapers>();
const refusals = new SvelteMap<string, Refusal>();
const kept = new SvelteSet<string>();
const starting = new SvelteSet<string>();
const idleJobs = new SvelteSet<string>();
const followed = new SvelteSet<string>();

const cards = $derived(
  layOut({
    places: map.places,
    units: station.units.values(),
    jobs: station.jobs.values(),
    kept,
    since: windowStore.view?.session?.startedAt ?? '',
  }),
);

/** What the bench shows. What was typed stands here, so that Esc and a change of screen lose nothing. */
export const bench = {
  get cards(): readonly Card[] {
    return cards;
  },
  get map(): BenchView {
    return map;
  },
  get stock(): Stock {
    return stock;
  },
  get stockRefusal(): Refusal | null {
    return stockRefusal;
  },
  get workOrder(): string {
    return workOrder;
  },
  set workOrder(value: string) {
    workOrder = value;
  },
  /** Why a unit is given up, as it is being typed. */
  get reason(): string {
    return reason;
  },
  set reason(value: string) {
    reason = value;
  },
  get refusals(): ReadonlyMap<string, Refusal> {
    return refusals;
  },
  isStarting: (position: string): boolean => starting.has(position),
  isIdle: (job: UpdateJobView): boolean => idleJobs.has(job.id),
};

export function may(permission: 'update.execute' | 'report.export' | 'bench.manage'): boolean {
  return windowStore.view?.session?.permissions.includes(permission) ?? false;
}

/** Null while the unit is read, or the station is asked. */
export function choiceOf({ position }: Card): Choice | null {
  const state = unitReadings.all.get(position)?.state;
  if (state != null && stockRefusal !== null) return { why: 'unanswered' };
  return state == null || stock === noStock ? null : chooseBundle(state, stock, workOrder.trim(), askedAtMs);
}

export function standing(card: Card): Standing {
  return standingOf(card, {
    reading: unitReadings.all.get(card.position),
    choice: choiceOf(card),
    isIdle: card.job !== null && idleJobs.has(card.job.id),
    mayExecute: may('update.execute'),
  });
}

/** One unit at one place: what was typed for it is not the next unit's. */
export function keyOf({ position, unit, job }: Card): string {
  return `${position} ${unit?.serial ?? job?.serial ?? ''}`;
}

export function papersOf(card: Card): UnitPapers {
  return papers.get(keyOf(card)) ?? noPapers;
}

export function putPapers(card: Card, change: Partial<UnitPapers>): void {
  papers.set(keyOf(card), { ...papersOf(card), ...change });
}

/** Keeps what another file holds for one operator from the next one. */
export function onNextOperator(forget: () => void): void {
  forgetters.push(forget);
}

/** Asks for all that no event tells; what one operator typed is not the next one's. */
export async function openBench(): Promise<void> {
  const operator = windowStore.view?.session?.operator.id;
  if (operator !== owner) forgetAll();
  owner = operator;
  await refreshBench();
}

function forgetAll(): void {
  for (const forget of forgetters) forget();
  workOrder = '';
  reason = '';
  forgetReadings();
  for (const kind of [papers, refusals, kept, starting, idleJobs, followed]) kind.clear();
}

/** Bundles, approvals and the map, asked anew: also when the window comes to the front again. */
export async function refreshBench(): Promise<void> {
  const [bundles, pending, places] = await Promise.all([
    call('bundle.list', {}),
    call('approval.pending', { kinds: ['install', 'recovery'], limit: 500 }),
    call('bench.show', {}),
  ]);
  if (places.ok) map = places.value;
  askedAtMs = Date.now();
  stockRefusal = bundles.ok ? (pending.ok ? null : pending) : bundles;
  if (!bundles.ok || !pending.ok) return;
  const digests = bundles.value.map(({ digest }) => digest);
  const [install, recovery] = await Promise.all([
    askApprovalStates('install', digests),
    askApprovalStates('recovery', digests),
  ]);
  stockRefusal = install.refusal ?? recovery.refusal;
  if (stockRefusal !== null) return;
  const states = { install: install.states, recovery: recovery.states };
  stock = { bundles: bundles.value, states, pending: pending.value.pending };
}

/** The map alone: whether a hub has moved can only be told by the units that stand there now. */
export async function refreshMap(): Promise<void> {
  const answer = await call('bench.show', {});
  if (answer.ok) map = answer.value;
}

/** Follows what is on the bench: called whenever that changes. Reads each unit once, and again when a job on it has ended. */
export function followBench(now: readonly Card[]): void {
  for (const card of now) {
    const { position, job } = card;
    kept.add(position);
    if (job !== null && job.endedAt === null) void followJob(job);
    else followUnit(card);
  }
}

/** Learns when nobody works on an open job any more, and looks again at what the station holds where it was refused. */
async function followJob({ id }: UpdateJobView): Promise<void> {
  if (followed.has(id)) return;
  followed.add(id);
  const answer = await call('update.await', { id });
  if (answer.ok && answer.value.endedAt === null) idleJobs.add(id);
  else followed.delete(id);
  if (answer.ok && answer.value.state === 'refused') await refreshBench();
}

/** Starts the right bundle on the unit of a card; null where there is none, or it is being started. */
export async function start(card: Card): Promise<Result<UpdateJobView> | null> {
  const choice = choiceOf(card);
  if (choice === null || choice.why !== null || starting.has(card.position)) return null;
  const { assetTag, udi } = papersOf(card);
  starting.add(card.position);
  const answer = await call('update.start', {
    position: card.position,
    bundleDigest: choice.bundle.digest,
    kind: choice.kind,
    workOrder: workOrder.trim(),
    assetTag: assetTag.trim() || null,
    udi: udi.trim() || null,
  });
  starting.delete(card.position);
  keepRefusal(card.position, answer);
  if (answer.ok) void followJob(answer.value);
  return answer;
}

/** Goes on with a job that waits, puts the old firmware back, or cancels. */
export async function moveJob(
  operation: 'update.resume' | 'update.revert' | 'update.cancel',
  { id, position }: UpdateJobView,
): Promise<void> {
  const answer = await call(operation, { id });
  if (answer.ok) again(id, answer.value);
  keepRefusal(position, answer);
}

function again(id: string, job: UpdateJobView): void {
  idleJobs.delete(id);
  followed.delete(id);
  if (job.endedAt === null) void followJob(job);
}

/** Ends a job whose unit will not be heard of again. Null where it is done. */
export async function abandon(
  { id }: UpdateJobView,
  reason: string,
  proof: { readonly password: string; readonly code: string | null },
): Promise<Refusal | null> {
  const answer = await call('update.abandon', { id, reason, ...proof });
  return answer.ok ? null : answer;
}

function keepRefusal(position: string, answer: Result<unknown>): void {
  // Of a session that ended the log-in tells; the place has refused nothing.
  if (answer.ok || isLoss(answer.code)) refusals.delete(position);
  else refusals.set(position, answer);
}
