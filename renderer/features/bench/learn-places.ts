/** Numbers that a place can have: the contract's `PlaceNumber`. */
export const mostPlaces = 16;

/** How far a person has come who plugs one unit into place after place. */
export interface Walk {
  readonly next: number;
  readonly last: number;
  /** Ports at which something stood when learning began, and still does. */
  readonly occupied: ReadonlySet<string>;
  /** Ports that are a place by now, with its number. */
  readonly learned: ReadonlyMap<string, number>;
}

/** What an arrival means: the next place, one that was learned before, or a port that has to be emptied first. */
export type Arrival =
  | { readonly kind: 'place'; readonly position: string; readonly number: number }
  | { readonly kind: 'again'; readonly position: string; readonly number: number }
  | { readonly kind: 'occupied'; readonly position: string };

export function beginWalk(first: number, last: number, plugged: Iterable<string>): Walk {
  return { next: first, last, occupied: new Set(plugged), learned: new Map() };
}

export function isOver({ next, last }: Walk): boolean {
  return next > last;
}

/** A port that was left counts when something is plugged in there again. */
export function leave(walk: Walk, position: string): Walk {
  return { ...walk, occupied: new Set([...walk.occupied].filter((port) => port !== position)) };
}

/** A port counts once, however often its unit restarts. */
export function arrive(walk: Walk, position: string): Arrival {
  const number = walk.learned.get(position);
  if (number !== undefined) return { kind: 'again', position, number };
  if (walk.occupied.has(position)) return { kind: 'occupied', position };
  return { kind: 'place', position, number: walk.next };
}

/** The station knows the port as the place now. */
export function keep(walk: Walk, position: string, number: number): Walk {
  return { ...walk, next: number + 1, learned: new Map([...walk.learned, [position, number]]) };
}
