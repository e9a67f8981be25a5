import { SvelteSet } from 'svelte/reactivity';
import { bench, onNextOperator, standing } from './bench.svelte.ts';
import type { Card } from './cards.ts';
import { rangeOf } from './range-of.ts';

const positions = new SvelteSet<string>();
/** Where a range begins that Shift ends. */
let anchor: string | null = null;

onNextOperator(() => clearSelection());

/** Places that a person has chosen for a batch or a standing order. */
export const selection = {
  has: (position: string): boolean => positions.has(position),
  /** In the order of the bench. */
  get cards(): readonly Card[] {
    return bench.cards.filter(({ position }) => positions.has(position));
  },
};

export function toggle(position: string): void {
  anchor = position;
  if (!positions.delete(position)) positions.add(position);
}

/** From the place that was chosen last to this one. */
export function selectTo(position: string): void {
  const all = bench.cards.map((card) => card.position);
  for (const between of rangeOf(all, anchor, position)) positions.add(between);
}

/** All units that could be started now; where there is none, all places. */
export function selectAll(): void {
  const ready = bench.cards.filter(isStartable);
  positions.clear();
  for (const { position } of ready.length > 0 ? ready : bench.cards) positions.add(position);
}

export function clearSelection(): void {
  positions.clear();
  anchor = null;
}

export function isStartable(card: Card): boolean {
  const { action } = standing(card);
  return action === 'start' || action === 'start-again';
}
