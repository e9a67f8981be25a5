import type { BenchPlace, MovedHub } from '../../contract/schema/bench.ts';
import type { BenchUnit } from '../../contract/schema/device.ts';
import { hubsAbove, isBelow, pathBelow, positionBelow } from './port-path.ts';

/** A single unit elsewhere may just stand elsewhere; from so many in the same order on it is the hub. */
const LEAST_UNITS = 2;

/**
 * Finds a hub that hangs on another port than when its places were learned: no place below it has a unit, and below some other
 * port there are at least two units of known kinds, without names, each where a place of the hub would be. Null where none fits,
 * or more than one: then nobody but a person knows.
 */
export function findMovedHub(places: readonly BenchPlace[], units: readonly BenchUnit[]): MovedHub | null {
  const known = units.filter(({ profile }) => profile !== null).map(({ position }) => position);
  const named = new Set(places.map(({ position }) => position));
  const strangers = known.filter((position) => !named.has(position));
  const hubs = new Set(places.flatMap(({ position }) => hubsAbove(position)));
  const targets = new Set(strangers.flatMap(hubsAbove));
  const found: MovedHub[] = [];
  for (const from of hubs) {
    const moving = places.filter(({ position }) => isBelow(from, position));
    if (moving.some(({ position }) => known.includes(position))) continue;
    for (const to of targets) {
      if (to !== from && fits(from, to, moving, strangers)) found.push(describeMove(from, to, moving));
    }
  }
  return pickWidest(found);
}

/** Each unit below the new port stands where a place would be. */
function fits(from: string, to: string, moving: readonly BenchPlace[], strangers: readonly string[]): boolean {
  const expected = new Set(moving.map(({ position }) => positionBelow(to, pathBelow(from, position))));
  const below = strangers.filter((position) => isBelow(to, position));
  return below.length >= LEAST_UNITS && below.every((position) => expected.has(position));
}

function describeMove(from: string, to: string, moving: readonly BenchPlace[]): MovedHub {
  return { from, to, places: moving.map(({ name, number }) => ({ name, number })) };
}

/** A hub below a hub that moved has moved as well: the one with the most places tells it all. */
function pickWidest(found: readonly MovedHub[]): MovedHub | null {
  const most = Math.max(...found.map(({ places }) => places.length));
  const widest = found.filter(({ places }) => places.length === most);
  const nearest = widest.reduce<MovedHub | null>(
    (best, move) => (best === null || move.from.length > best.from.length ? move : best),
    null,
  );
  const rivals = widest.filter(({ from }) => from === nearest?.from);
  return rivals.length === 1 ? nearest : null;
}
