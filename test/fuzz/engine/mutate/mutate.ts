import type { InputShape } from '../target.ts';
import { byteMutations } from './byte-mutations.ts';
import { mutateDer } from './der-mutations.ts';
import { mutateJson } from './json-mutations.ts';
import { type Mutation, type MutationContext, pick } from './mutation.ts';
import { mutateText } from './text-mutations.ts';
import { mutateZip } from './zip-mutations.ts';

const shapeMutations: Readonly<Record<InputShape, Mutation>> = {
  der: mutateDer,
  json: mutateJson,
  text: mutateText,
  zip: mutateZip,
};

/** One to eight mutations on top of each other, most of them along the input's shapes. One that makes too much of it is left out. */
export function mutate(
  input: Uint8Array,
  target: { readonly shapes: readonly InputShape[]; readonly maxLenBytes: number },
  context: MutationContext,
): Uint8Array {
  const { shapes, maxLenBytes } = target;
  const { random } = context;
  let changed = input;
  const rounds = 2 ** random.below(4);
  for (let round = 0; round < rounds; round += 1) {
    const along = shapes.length > 0 && random.below(4) !== 0;
    const mutation = along ? shapeMutations[pick(random, shapes)] : pick(random, byteMutations);
    const next = mutation(changed, context);
    if (next.length <= maxLenBytes) changed = next;
  }
  return changed;
}
