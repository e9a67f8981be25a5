import { type ZipClaims, type ZipOptions, type ZipPart, zipBytes } from '../../../helpers/zip-bytes.ts';
import { byteMutations } from './byte-mutations.ts';
import { mutateDer } from './der-mutations.ts';
import { mutateJson } from './json-mutations.ts';
import { type Mutation, type MutationContext, pick } from './mutation.ts';
import { readZipParts } from './read-zip-parts.ts';

type PartsMutation = (parts: ZipPart[], context: MutationContext) => ZipOptions | undefined;

const numbers = [0, 1, 2, 7, 8, 21, 22, 0x0800, 0xffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff];
const names = [
  '../x',
  'images/',
  'images/a',
  'images/../a',
  '/images/a',
  'images\\a',
  'C:a',
  'images/a\u0000',
  'MANIFEST.JSON',
];
const descriptors = ['signed', 'bare', 'signed64', 'bare64'] as const;
const claimNames = ['flags', 'method', 'crc32', 'packedBytes', 'lenBytes', 'headerAt', 'externalAttributes'] as const;
const shortClaims: readonly string[] = ['flags', 'method'];

const partsMutations: readonly PartsMutation[] = [
  changeData,
  changeData,
  changeData,
  lie,
  lie,
  (parts, { random }) => void parts.splice(random.below(parts.length), 1),
  (parts, { random }) => void parts.splice(random.below(parts.length + 1), 0, pick(random, parts)),
  (parts, { random }) => void parts.push(...parts.splice(random.below(parts.length), 1)),
  (parts, { random, other }) => void parts.push(...readZipParts(other()).slice(random.below(3), 3)),
  edit((part, { random }) => ({ ...part, name: pick(random, [...names, 'manifest.json', 'manifest.p7s']) })),
  edit((part) => ({ ...part, deflate: part.deflate !== true })),
  edit((part, { random }) => ({ ...part, descriptor: pick(random, descriptors) })),
  edit((part) => ({ ...part, zip64: part.zip64 !== true })),
  edit((part, { random }) => ({ ...part, gap: random.bytes(1 + random.below(24)) })),
  edit((part, { random }) => ({ ...part, packed: random.bytes(random.below(24)) })),
  edit((part) => ({ ...part, centralOnly: true })),
  edit((part, { random }) => ({ ...part, data: new Uint8Array(1 + random.below(60_000)), deflate: true })),
  (_, { random }) => ({ prepend: random.bytes(1 + random.below(24)) }),
  (_, { random }) => ({ append: random.bytes(1 + random.below(24)) }),
  (_, { random }) => ({ comment: 'PK\u0005\u0006'.padEnd(random.below(40), '\u0000') }),
  () => ({ zip64End: true }),
  (_, { random }) => ({ zip64End: true, zip64Gap: random.bytes(random.below(8)) }),
  (_, { random }) => ({
    end: { [pick(random, ['entries', 'total', 'disk', 'start', 'lenBytes'])]: pick(random, numbers.slice(0, 9)) },
  }),
];

/**
 * Takes an archive apart, changes a file or what is said of it, and writes it anew with all lengths, offsets and checksums in order
 * except the one that is to be wrong. Where the bytes are no archive, changes bytes.
 */
export const mutateZip: Mutation = (input, context) => {
  const parts = readZipParts(input);
  if (parts.length === 0) return pick(context.random, byteMutations)(input, context);
  const options = pick(context.random, partsMutations)(parts, context) ?? {};
  return zipBytes(parts, options);
};

function edit(change: (part: ZipPart, context: MutationContext) => ZipPart): PartsMutation {
  return (parts, context) => {
    const index = context.random.below(parts.length);
    const part = parts[index];
    if (part !== undefined) parts[index] = change(part, context);
    return undefined;
  };
}

/** Changes what a file holds, in its own form. */
function changeData(parts: ZipPart[], context: MutationContext): undefined {
  edit((part) => {
    const name = Buffer.from(part.name).toString('latin1');
    const mutate = name.endsWith('.json')
      ? mutateJson
      : name.endsWith('.p7s')
        ? mutateDer
        : pick(context.random, byteMutations);
    return { ...part, data: mutate(part.data, { ...context, other: () => dataOf(name, context) }) };
  })(parts, context);
}

/** The file of the same name out of another archive. */
function dataOf(name: string, { other }: MutationContext): Uint8Array {
  const parts = readZipParts(other());
  return parts.find((part) => Buffer.from(part.name).toString('latin1') === name)?.data ?? new Uint8Array();
}

/** One number is wrong in the directory, at the data or behind it. */
function lie(parts: ZipPart[], context: MutationContext): undefined {
  edit((part, { random }) => {
    const claim = pick(random, claimNames);
    const value = pick(random, shortClaims.includes(claim) ? numbers.slice(0, 9) : numbers);
    const claims: Partial<ZipClaims> = { [claim]: value };
    const extra: Partial<ZipClaims> = {
      extra: Buffer.from('0100080000000000000000007570', 'hex').subarray(0, random.below(15)),
    };
    return pick<ZipPart>(random, [
      { ...part, central: claims },
      { ...part, local: claims },
      { ...part, central: claims, local: claims },
      { ...part, descriptor: pick(random, descriptors), descriptorClaims: claims },
      { ...part, central: extra },
      { ...part, local: extra },
    ]);
  })(parts, context);
}
