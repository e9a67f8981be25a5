import { byteMutations } from './byte-mutations.ts';
import { type Mutation, type MutationContext, pick } from './mutation.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const strangeValues: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e21,
  2 ** 53,
  4_294_967_295,
  '',
  '..',
  '../x',
  'images/../x',
  '\u0000',
  '\ud800',
  '\u202e',
  '0'.repeat(64),
  '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:60Z',
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
];
const strangeKeys = ['__proto__', 'constructor', 'toString', '', '\u0000', 'length'];

/** Changes one value, key or member of a JSON text; where the bytes are no JSON, changes bytes. */
export const mutateJson: Mutation = (input, context) => {
  const { random } = context;
  const root = readJson(input);
  if (root === undefined || random.below(4) === 0) return pick(random, byteMutations)(input, context);
  const changed = changeValue(root, context);
  const text = JSON.stringify(changed, null, random.below(3));
  if (random.below(12) === 0) return Buffer.from(duplicateMember(text, context));
  return Buffer.from(text);
};

/** So many brackets could nest deeper than a recursion goes. */
const MOST_OPENING = 2000;

function readJson(input: Uint8Array): Json | undefined {
  let opening = 0;
  for (const byte of input) if (byte === 0x5b || byte === 0x7b) opening += 1;
  if (opening > MOST_OPENING) return undefined;
  try {
    return JSON.parse(Buffer.from(input).toString('utf8')) as Json;
  } catch {
    // Not JSON: the caller changes bytes instead.
    return undefined;
  }
}

function changeValue(value: Json, context: MutationContext): Json {
  const { random } = context;
  if (Array.isArray(value) && value.length > 0 && random.below(5) !== 0) {
    const index = random.below(value.length);
    const item = value[index] ?? null;
    const change = (): Json[] => [changeValue(item, context)];
    const replace = pick(random, [() => [], () => [item, item], change, change]);
    return [...value.slice(0, index), ...replace(), ...value.slice(index + 1)];
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.below(8) !== 0)
    return changeMember(value, context);
  return changeLeaf(value, context);
}

function changeMember(value: Readonly<Record<string, Json>>, context: MutationContext): Json {
  const { random } = context;
  const members = Object.entries(value);
  const strange: [string, Json] = [pick(random, strangeKeys), pick(random, strangeValues)];
  if (members.length === 0) return Object.fromEntries([strange]);
  const index = random.below(members.length);
  const [key, member] = members[index] ?? strange;
  const change = (): [string, Json][] => [[key, changeValue(member, context)]];
  // What is not picked is not made: the work would grow with a power of the depth.
  const replace = pick<() => [string, Json][]>(random, [
    () => [],
    () => [[pick(random, strangeKeys), member]],
    () => [[key, member], strange],
    ...[change, change, change, change],
  ]);
  return Object.fromEntries([...members.slice(0, index), ...replace(), ...members.slice(index + 1)]);
}

function changeLeaf(value: Json, context: MutationContext): Json {
  const { random } = context;
  if (random.below(3) === 0) return pick(random, strangeValues);
  if (typeof value === 'number') return value + pick(random, [-1, 1, 0.1, 2 ** 31, 2 ** 32, -value]);
  if (typeof value === 'string')
    return Buffer.from(pick(random, byteMutations)(Buffer.from(value), context)).toString('utf8');
  return pick(random, strangeValues);
}

/** JSON that `JSON.stringify` never writes: a key twice in one object. */
function duplicateMember(text: string, { random }: MutationContext): string {
  const members = [...text.matchAll(/"[^"\\]*":\s*(?:"[^"\\]*"|\d+|null|true|false)/g)];
  if (members.length === 0) return text;
  const member = pick(random, members);
  return `${text.slice(0, member.index)}${member[0]},${text.slice(member.index)}`;
}
