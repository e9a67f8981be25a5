import type { SeededRandom } from '../../../../simulator/seeded-random.ts';
import type { ComparedPair } from '../coverage.ts';

/** What a mutation may draw from. */
export interface MutationContext {
  readonly random: SeededRandom;
  readonly dictionary: readonly Uint8Array[];
  /** Any other input that was worth keeping. */
  readonly other: () => Uint8Array;
  /** What the reader compared when it read the input that is mutated. */
  readonly pairs: readonly ComparedPair[];
}

/** Makes another input of one. Never changes what it was given; may hand it back where it finds nothing to change. */
export type Mutation = (input: Uint8Array, context: MutationContext) => Uint8Array;

export function pick<T>(random: SeededRandom, choices: readonly T[]): T {
  const choice = choices[random.below(choices.length)];
  if (choice === undefined) throw new RangeError('there is nothing to pick from');
  return choice;
}

/** `input` with the bytes from `start` to `end` replaced. */
export function replaceRange(input: Uint8Array, start: number, end: number, replacement: Uint8Array): Uint8Array {
  return Buffer.concat([input.subarray(0, start), replacement, input.subarray(end)]);
}
