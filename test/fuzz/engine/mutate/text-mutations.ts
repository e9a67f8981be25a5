import { byteMutations } from './byte-mutations.ts';
import { type Mutation, pick } from './mutation.ts';

/** Removes, doubles or moves one line of a text, or changes bytes. */
export const mutateText: Mutation = (input, context) => {
  const { random } = context;
  if (random.below(2) === 0) return pick(random, byteMutations)(input, context);
  const lines = Buffer.from(input).toString('latin1').split('\n');
  const [line = ''] = lines.splice(random.below(lines.length), 1);
  const copies = random.below(3);
  for (let copy = 0; copy < copies; copy += 1) lines.splice(random.below(lines.length + 1), 0, line);
  return Buffer.from(lines.join('\n'), 'latin1');
};
