import * as v from 'valibot';
import { PlaceLabel, PlaceName, PlaceNumber } from './bench-place.ts';
import { Position } from './device.ts';

/** One entry of the bench map: a port of the house, and how people call it. */
export const BenchPlace = v.strictObject({ position: Position, name: PlaceName, number: v.nullable(PlaceNumber) });
export type BenchPlace = v.InferOutput<typeof BenchPlace>;

/** A hub that seems to hang on another port: its places are empty, and units stand in the same order under `to`. */
export const MovedHub = v.strictObject({ from: Position, to: Position, places: v.array(PlaceLabel) });
export type MovedHub = v.InferOutput<typeof MovedHub>;

/** The bench map, by number and then by port path. `moved` is a guess for a person to decide upon. */
export const BenchView = v.strictObject({ places: v.array(BenchPlace), moved: v.nullable(MovedHub) });
export type BenchView = v.InferOutput<typeof BenchView>;
