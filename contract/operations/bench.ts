import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { PlaceName, PlaceNumber, TypedPlace } from '../schema/bench-place.ts';
import { BenchPlace, BenchView } from '../schema/bench.ts';
import { Position } from '../schema/device.ts';
import { Nothing } from './input.ts';

/** The bench map: which port of the house is which place of the bench. */
export const benchOperations = {
  /** The bench map: which port of the house is which place of the bench. */
  'bench.show': { access: 'device.read', input: Nothing, output: BenchView },
  /** Gives a position a name, or another one. Number left out: as it was; null: none. */
  'bench.name': {
    access: 'bench.manage',
    input: v.strictObject({
      position: TypedPlace,
      name: PlaceName,
      number: v.exactOptional(v.nullable(PlaceNumber)),
    }),
    output: BenchPlace,
  },
  /** The place of this number is at this position from now on, wherever it was before. Name null: as it was. */
  'bench.learn': {
    access: 'bench.manage',
    input: v.strictObject({ number: PlaceNumber, position: Position, name: v.nullable(PlaceName) }),
    output: BenchPlace,
  },
  'bench.forget': { access: 'bench.manage', input: v.strictObject({ position: TypedPlace }), output: BenchPlace },
  /** A hub hangs on another port: all places below `from` are now below `to`. */
  'bench.move': {
    access: 'bench.manage',
    input: v.strictObject({ from: Position, to: Position }),
    output: v.array(BenchPlace),
  },
} as const satisfies OperationTable;
