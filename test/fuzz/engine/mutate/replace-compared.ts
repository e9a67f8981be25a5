import { type Mutation, type MutationContext, pick, replaceRange } from './mutation.ts';

/** The forms in which a value that the reader compares may stand in its input. */
const encodings: readonly ((value: unknown) => Uint8Array | null)[] = [
  (value) => (typeof value === 'string' || typeof value === 'number' ? Buffer.from(String(value)) : null),
  (value) => (typeof value === 'string' && /^(?:[0-9a-f]{2})+$/.test(value) ? Buffer.from(value, 'hex') : null),
  (value) => (typeof value === 'string' && /^[0-2](?:\.\d{1,6})+$/.test(value) ? objectIdentifier(value) : null),
  (value) => wholeNumber(value, 1, (bytes, number) => bytes.writeUInt8(number)),
  (value) => wholeNumber(value, 2, (bytes, number) => bytes.writeUInt16LE(number)),
  (value) => wholeNumber(value, 2, (bytes, number) => bytes.writeUInt16BE(number)),
  (value) => wholeNumber(value, 4, (bytes, number) => bytes.writeUInt32LE(number)),
  (value) => wholeNumber(value, 4, (bytes, number) => bytes.writeUInt32BE(number)),
];

/**
 * The reader compared a value of its input with another one and found them different: where the input holds the first, it gets the
 * second. This is how magic numbers, object identifiers and key words are found that chance would not find.
 */
export const replaceCompared: Mutation = (input, { random, pairs }: MutationContext) => {
  if (pairs.length === 0) return input;
  const [left, right] = pick(random, pairs);
  const [found, wanted] = random.below(2) === 0 ? [left, right] : [right, left];
  const encode = pick(random, encodings);
  const before = encode(found);
  const after = encode(wanted);
  if (before === null || after === null || before.length === 0) return input;
  const bytes = Buffer.from(input);
  const later = bytes.indexOf(before, random.below(bytes.length + 1));
  const at = later === -1 ? bytes.indexOf(before) : later;
  return at === -1 ? input : replaceRange(bytes, at, at + before.length, after);
};

function wholeNumber(
  value: unknown,
  lenBytes: number,
  write: (bytes: Buffer, number: number) => void,
): Uint8Array | null {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= 2 ** (8 * lenBytes)) return null;
  const bytes = Buffer.alloc(lenBytes);
  write(bytes, value);
  return bytes;
}

/** Content octets of an OBJECT IDENTIFIER (X.690 §8.19). */
function objectIdentifier(dotted: string): Uint8Array {
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return Buffer.from([root * 40 + second, ...rest].flatMap(base128));
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) | 0x80);
  return digits;
}
