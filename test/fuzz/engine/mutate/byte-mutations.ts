import { replaceCompared } from './replace-compared.ts';
import { type Mutation, pick, replaceRange } from './mutation.ts';

const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const maxChunkBytes = 64;

const flipBit: Mutation = (input, { random }) => {
  const changed = Buffer.from(input);
  const at = random.below(changed.length);
  if (changed.length > 0) changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
  return changed;
};

const setByte: Mutation = (input, { random }) => {
  const changed = Buffer.from(input);
  if (changed.length > 0) changed[random.below(changed.length)] = random.below(256);
  return changed;
};

/** A length, a count or an offset that is a little, or very, wrong. */
const changeNumber: Mutation = (input, { random }) => {
  const lenBytes = pick(random, [1, 2, 4]);
  if (input.length < lenBytes) return input;
  const changed = Buffer.from(input);
  const at = random.below(changed.length - lenBytes + 1);
  const isLittle = random.below(2) === 0;
  const value = isLittle ? changed.readUIntLE(at, lenBytes) : changed.readUIntBE(at, lenBytes);
  const wanted = random.below(3) === 0 ? pick(random, edges) : value + random.below(33) - 16;
  const wrapped = ((wanted % 2 ** (8 * lenBytes)) + 2 ** (8 * lenBytes)) % 2 ** (8 * lenBytes);
  if (isLittle) changed.writeUIntLE(wrapped, at, lenBytes);
  else changed.writeUIntBE(wrapped, at, lenBytes);
  return changed;
};

const removeChunk: Mutation = (input, { random }) => {
  const start = random.below(input.length + 1);
  return replaceRange(input, start, start + 1 + random.below(maxChunkBytes), new Uint8Array());
};

const duplicateChunk: Mutation = (input, { random }) => {
  const start = random.below(input.length + 1);
  const chunk = input.subarray(start, start + 1 + random.below(maxChunkBytes));
  const at = random.below(input.length + 1);
  return replaceRange(input, at, random.below(2) === 0 ? at : at + chunk.length, chunk);
};

const insertBytes: Mutation = (input, { random }) => {
  const at = random.below(input.length + 1);
  const lenBytes = 1 + random.below(16);
  const chunk = random.below(2) === 0 ? random.bytes(lenBytes) : new Uint8Array(lenBytes).fill(random.below(256));
  return replaceRange(input, at, at, chunk);
};

const truncate: Mutation = (input, { random }) => input.subarray(0, random.below(input.length + 1));

/** The beginning of one input, and the end of another. */
const splice: Mutation = (input, { random, other }) => {
  const tail = other();
  return Buffer.concat([
    input.subarray(0, random.below(input.length + 1)),
    tail.subarray(random.below(tail.length + 1)),
  ]);
};

const putWord: Mutation = (input, { random, dictionary }) => {
  if (dictionary.length === 0) return input;
  const word = pick(random, dictionary);
  const at = random.below(input.length + 1);
  return replaceRange(input, at, random.below(2) === 0 ? at : at + word.length, word);
};

/** Those that know nothing of any structure. */
export const byteMutations: readonly Mutation[] = [
  flipBit,
  setByte,
  changeNumber,
  changeNumber,
  removeChunk,
  duplicateChunk,
  insertBytes,
  truncate,
  splice,
  putWord,
  replaceCompared,
  replaceCompared,
];
