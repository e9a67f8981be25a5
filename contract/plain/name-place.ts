import type { PlaceLabel } from '../schema/bench-place.ts';

/** `Bench 3 left (1-2.4)`, or the port path alone where the place has no name. */
export function namePlace(position: string, place: PlaceLabel | null | undefined): string {
  return place == null ? position : `${place.name} (${position})`;
}
