import * as v from 'valibot';
import type { QuirkName } from '../dfu/quirk.ts';
import { integer } from './fields.ts';
import { Alternate } from './slots.ts';

/** `0x08000000`: addresses are written as data sheets write them. */
export const Address = v.pipe(
  v.string(),
  v.regex(/^0x[0-9A-Fa-f]{8}$/, 'must be an address of eight hexadecimal digits such as 0x08000000'),
  v.transform((text) => Number.parseInt(text.slice(2), 16)),
);

const ADDRESS_SPACE_BYTES = 0x1_0000_0000;

/** A range of the unit's memory. */
export const AddressSlot = v.pipe(
  v.strictObject({ startAddress: Address, sizeBytes: integer(1, 0xffff_ffff) }),
  v.check(
    ({ startAddress, sizeBytes }) => startAddress + sizeBytes <= ADDRESS_SPACE_BYTES,
    'must end within 32-bit addresses',
  ),
);
export type AddressSlot = v.InferOutput<typeof AddressSlot>;

/** What both schemes over ST's DfuSe have. */
export const dfuseEntries = {
  /** Hardware name, as manifests name it: the ROM does not know it. */
  hardware: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)),
  /** The memory that holds the slots: number of the alternate setting, or the name in its layout string. */
  memory: Alternate,
  /** From a slot's start to the MCUboot image in it; what stands before it, vectors say, belongs to the image file. */
  imageOffset: integer(0, 1_048_576),
  /** Longest time for erasing all of the memory at once. */
  massEraseMs: integer(1, 3_600_000),
};

/** The boot loader in a part's ROM has its vendor's id: by that, and by nothing else, it is known before it is opened. */
export function isKnownById({ quirks }: { readonly quirks: readonly QuirkName[] }): boolean {
  return !quirks.includes('same-id-in-both-modes');
}

export const IS_KNOWN_BY_ID = 'must not name same-id-in-both-modes: a boot loader in ROM is known by its USB id';
