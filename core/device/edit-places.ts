import * as v from 'valibot';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { BenchPlace } from '../../contract/schema/bench.ts';
import { Position } from '../../contract/schema/device.ts';
import { isBelow, pathBelow, positionBelow } from './port-path.ts';

type Places = readonly BenchPlace[];

/** Gives a position a name. Number left out: as it was. Refuses with `device.place-taken`. */
export function namePosition(
  places: Places,
  { position, name, number }: { readonly position: string; readonly name: string; readonly number?: number | null },
): Result<Places> {
  const present = places.find((place) => place.position === position);
  const others = places.filter((place) => place !== present);
  return addPlace(others, { position, name, number: number === undefined ? (present?.number ?? null) : number });
}

/**
 * The place of this number is at this position from now on. Whatever the position was called before is forgotten; the place keeps
 * its name unless another one is given. Refuses with `device.place-taken`.
 */
export function learnPlace(
  places: Places,
  { number, position, name }: { readonly number: number; readonly position: string; readonly name: string | null },
): Result<Places> {
  const numbered = places.find((place) => place.number === number);
  const others = places.filter((place) => place !== numbered && place.position !== position);
  return addPlace(others, { position, number, name: name ?? numbered?.name ?? `Place ${number}` });
}

/** All places below one hub are now below another. Refuses with `device.place-unknown` or `device.place-taken`. */
export function moveHub(places: Places, from: string, to: string): Result<Places> {
  const moving = places.filter(({ position }) => isBelow(from, position));
  if (moving.length === 0) {
    return refuse('device.place-unknown', `No place of the bench is at port ${from} or below it.`, { from });
  }
  let moved: Places = places.filter((place) => !moving.includes(place));
  for (const place of moving) {
    const position = positionBelow(to, pathBelow(from, place.position));
    if (!v.is(Position, position) || !position.includes('-')) {
      return refuse('device.place-unknown', `Below ${to} there is no port for ${place.name}.`, { to });
    }
    const added = addPlace(moved, { ...place, position });
    if (!added.ok) return added;
    moved = added.value;
  }
  return accept(moved);
}

/** Capitals make no other name: nobody would tell the two apart. */
export function isSameName(left: string, right: string): boolean {
  return left.normalize('NFC').toLocaleLowerCase('en') === right.normalize('NFC').toLocaleLowerCase('en');
}

function addPlace(others: Places, place: BenchPlace): Result<Places> {
  const taken = others.find(
    (other) =>
      other.position === place.position ||
      isSameName(other.name, place.name) ||
      (place.number !== null && other.number === place.number),
  );
  if (taken === undefined) return accept([...others, place]);
  const number = taken.number === null ? '' : `, number ${taken.number}`;
  const reason = `The bench has "${taken.name}" (${taken.position}${number}) already; forget that place first, or take another name, number or port.`;
  return refuse('device.place-taken', reason, { position: taken.position });
}
