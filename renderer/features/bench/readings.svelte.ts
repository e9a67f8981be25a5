import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { DeviceState } from '../../../contract/schema/device.ts';
import { call } from '../../bridge/call.ts';
import type { Card } from './cards.ts';
import type { KnownImages } from './name-release.ts';
import type { Reading } from './standing.ts';

const images = new SvelteMap<string, string>();
const readings = new SvelteMap<string, Reading & { readonly of: string }>();
/** Places whose unit is being taken out of operation to be read. */
const stopping = new SvelteSet<string>();
/** What was read out of operation counts until another unit or job comes: in operation such a unit says nothing. */
const readStopped = new SvelteMap<string, { readonly of: string; readonly state: DeviceState }>();

/** What was read of the units at the bench. */
export const unitReadings = {
  /** By position. */
  get all(): ReadonlyMap<string, Reading> {
    return readings;
  },
  /** Versions by the hash of their image, of every image that was read of a unit. */
  get images(): KnownImages {
    return images;
  },
  isStopping: (position: string): boolean => stopping.has(position),
};

export function forgetReadings(): void {
  for (const kind of [images, readings, stopping, readStopped]) kind.clear();
}

/** Reads the unit of a place without a job, where that was not done yet; a place that is empty is forgotten. */
export function followUnit(card: Card): void {
  const { position, unit } = card;
  if (stopping.has(position)) return;
  if (unit === null) readings.delete(position);
  else if (unit.profile !== null) void read(card, readingKey(card));
}

export async function readAgain(card: Card): Promise<void> {
  readings.delete(card.position);
  await read(card, readingKey(card));
}

/**
 * Reads a unit that must be taken out of operation for it, and has the station bring it back where it can.
 *
 * @param now what stands at the place when the answer comes
 */
export async function readOutOfOperation(card: Card, now: () => Card | undefined): Promise<DeviceState | null> {
  const { position } = card;
  if (stopping.has(position)) return null;
  stopping.add(position);
  const answer = await call('device.read', { position, enterUpdateMode: true });
  stopping.delete(position);
  if (answer.ok) readStopped.set(position, { of: lifeOf(card), state: answer.value });
  readings.set(position, {
    of: readingKey(now() ?? card),
    state: answer.ok ? answer.value : null,
    refusal: answer.ok ? null : answer,
  });
  return answer.ok ? answer.value : null;
}

async function read(card: Card, of: string): Promise<void> {
  const { position } = card;
  if (readings.get(position)?.of === of) return;
  readings.set(position, { of, state: null, refusal: null });
  const answer = await call('device.read', { position });
  if (answer.ok) {
    for (const { hash, version } of answer.value.slots)
      if (hash !== null && version !== null) images.set(hash, version);
  }
  // Something else may stand there by now.
  if (readings.get(position)?.of !== of) return;
  const kept = readStopped.get(position);
  const isKept = !answer.ok && answer.code === 'device.wrong-mode' && kept !== undefined && kept.of === lifeOf(card);
  if (answer.ok) readings.set(position, { of, state: answer.value, refusal: null });
  else readings.set(position, isKept ? { of, state: kept.state, refusal: null } : { of, state: null, refusal: answer });
}

function readingKey({ unit, job }: Card): string {
  return `${unit?.serial ?? ''} ${job?.id ?? ''} ${unit?.access ?? ''}`;
}

/** A unit between two jobs. */
function lifeOf({ unit, job }: Card): string {
  return `${unit?.serial ?? ''} ${job?.id ?? ''}`;
}
