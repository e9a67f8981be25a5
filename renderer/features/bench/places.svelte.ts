import type { Refusal, Result } from '../../../contract/result.ts';
import type { BenchPlace } from '../../../contract/schema/bench.ts';
import { call } from '../../bridge/call.ts';
import { station } from '../../station/live.svelte.ts';
import { bench, refreshMap } from './bench.svelte.ts';
import { arrive, beginWalk, isOver, keep, leave, type Arrival, type Walk } from './learn-places.ts';

/** What was typed, so that Esc loses nothing. */
export const typed = $state({ first: '1', last: '8', pattern: '', position: '', name: '', number: '' });

let walk = $state.raw<Walk | null>(null);
let said = $state.raw<Arrival | null>(null);
let refusal = $state.raw<Refusal | null>(null);
let plugged: readonly string[] = [];
/** One arrival after the other: each is the next place only when the one before is known. */
let queue: Promise<void> = Promise.resolve();

export const places = {
  /** Null while nobody learns. */
  get walk(): Walk | null {
    return walk;
  },
  /** What the last arrival meant; null before the first. */
  get said(): Arrival | null {
    return said;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
};

export function beginLearning(): void {
  plugged = [...station.units.keys()];
  walk = beginWalk(Number(typed.first), Number(typed.last), plugged);
  said = null;
  refusal = null;
}

export function endLearning(): void {
  walk = null;
}

/** Called whenever a unit comes or leaves. */
export function followUnits(now: readonly string[]): void {
  const before = plugged;
  plugged = now;
  if (walk === null) return;
  for (const position of before) if (!now.includes(position)) walk = leave(walk, position);
  for (const position of now) if (!before.includes(position)) queue = queue.then(() => meet(position));
}

async function meet(position: string): Promise<void> {
  if (walk === null || isOver(walk)) return;
  const arrival = arrive(walk, position);
  if (arrival.kind === 'place') {
    const { number } = arrival;
    const name = typed.pattern.trim() === '' ? null : typed.pattern.trim().replaceAll('#', String(number));
    if (!(await change(call('bench.learn', { number, position, name })))) return;
    // The person may have ended it meanwhile; what was learned stays.
    const { walk: now } = places;
    if (now !== null) walk = keep(now, position, number);
  }
  said = arrival;
}

/** Opens a port in the fields. */
export function choosePort(position: string): void {
  const place = bench.map.places.find((known) => known.position === position);
  Object.assign(typed, { position, name: place?.name ?? '', number: place?.number?.toString() ?? '' });
  refusal = null;
}

export async function namePort(): Promise<boolean> {
  const { position, name, number } = typed;
  return change(call('bench.name', { position, name: name.trim(), number: number === '' ? null : Number(number) }));
}

export async function forgetPlace({ position }: BenchPlace): Promise<void> {
  if ((await change(call('bench.forget', { position }))) && typed.position === position) choosePort('');
}

/** Takes over that a hub hangs on another port. */
export async function moveHub(from: string, to: string): Promise<void> {
  await change(call('bench.move', { from, to }));
}

async function change(answer: Promise<Result<unknown>>): Promise<boolean> {
  const result = await answer;
  refusal = result.ok ? null : result;
  await refreshMap();
  return result.ok;
}
