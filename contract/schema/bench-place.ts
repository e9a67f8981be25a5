import * as v from 'valibot';

const looksLikePort = /^[A-Za-z0-9]{1,16}-[0-9]{1,3}(?:\.[0-9]{1,3}){0,6}$/;

/**
 * What people call a place of the bench, e.g. `Bench 3 left`: letters, digits, single spaces, a few marks. Never a bare number and
 * nothing that reads like a port path, so that what a person types means one thing.
 */
export const PlaceName = v.pipe(
  v.string(),
  v.trim(),
  v.normalize('NFC'),
  v.maxLength(64, 'must have at most 64 characters'),
  v.regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._/#()+-]| (?! ))*$/u,
    'must begin with a letter or digit, and have no other characters than letters, digits, single spaces and . _ / # ( ) + -',
  ),
  v.check((name) => !/^\d+$/.test(name), 'must not be a bare number'),
  v.check((name) => !looksLikePort.test(name), 'must not read like a port path such as 1-2.4'),
);

/** Number of a place, as it stands on the bench. */
export const PlaceNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16));

/** How people call the place at a position. */
export const PlaceLabel = v.strictObject({ name: PlaceName, number: v.nullable(PlaceNumber) });
export type PlaceLabel = v.InferOutput<typeof PlaceLabel>;

/** A position as a person gives it: port path, or the number or name of a place of the bench. */
export const TypedPlace = v.union(
  [PlaceName, v.pipe(v.string(), v.regex(looksLikePort)), v.pipe(v.string(), v.regex(/^\d{1,2}$/))],
  'must be a port path, or the number or name of a place',
);
