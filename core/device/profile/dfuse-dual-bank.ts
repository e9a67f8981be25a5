import * as v from 'valibot';
import { Address, AddressSlot, dfuseEntries, isKnownById, IS_KNOWN_BY_ID } from './dfuse-fields.ts';
import { integer, profileEntries, RuntimeAndDfu, tellsModes, TELLS_MODES } from './fields.ts';
import { Alternate, listSlots, slotPairs } from './slots.ts';

const MAX_OPTION_BYTES = 1024;

/** Two address ranges; the first is bank 1. */
const Banks = v.pipe(
  slotPairs(AddressSlot),
  v.check((pairs) => Object.keys(pairs).length === 1, 'must name one logical slot'),
  v.check((pairs) => {
    const [first, second] = listSlots(pairs);
    if (first === undefined || second === undefined) return false;
    const [low, high] = first.startAddress < second.startAddress ? [first, second] : [second, first];
    return low.startAddress + low.sizeBytes <= high.startAddress;
  }, 'must not let the two banks overlap'),
);

/**
 * The bit in the option bytes that says which bank the part starts. They are read and written as a whole; nothing but the bit, and
 * its complement where the part keeps one, is changed.
 */
export const OptionBit = v.pipe(
  v.strictObject({
    memory: Alternate,
    startAddress: Address,
    lenBytes: v.pipe(integer(4, MAX_OPTION_BYTES), v.multipleOf(4)),
    /** Offset of the little-endian word with the bit. */
    wordOffset: v.pipe(integer(0, MAX_OPTION_BYTES), v.multipleOf(4)),
    bit: integer(0, 31),
    /** Offset of the word's complement; null where the part keeps none. */
    complementOffset: v.nullable(v.pipe(integer(0, MAX_OPTION_BYTES), v.multipleOf(4))),
    /**
     * `bank2-first` (BFB2): bank 2 if something valid is in it, otherwise bank 1. `swapped` (SWAP_BANK): bank 2 stands at the
     * addresses of bank 1, and the other way round.
     */
    setMeans: v.picklist(['bank2-first', 'swapped']),
  }),
  v.check(
    ({ lenBytes, wordOffset, complementOffset }) => Math.max(wordOffset, complementOffset ?? 0) + 4 <= lenBytes,
    'must have its words within lenBytes',
  ),
);
export type OptionBit = v.InferOutput<typeof OptionBit>;

/**
 * `hidden`: the ROM neither shows nor writes option bytes over DfuSe, and the product's vendor has set BFB2, so that what stands
 * at the beginning of bank 2 says which bank is started.
 */
const Hidden = v.literal('hidden', 'must describe the option bit, or be "hidden"');

/** What is in front of the MCUboot image where the banks are told apart by it: stack pointer and reset vector. */
const VECTORS_BYTES = 8;
const LEAST_RAM = { startAddress: '0x20000000', sizeBytes: 128 * 1024 };

/** Scheme `dfuse-dual-bank`: an STM32 with two banks, updated through its ROM boot loader. */
export const DfuseDualBankProfile = v.pipe(
  v.strictObject({
    ...profileEntries,
    ...dfuseEntries,
    scheme: v.literal('dfuse-dual-bank'),
    usb: RuntimeAndDfu,
    slots: Banks,
    optionBit: v.lazy((input) => (typeof input === 'string' ? Hidden : OptionBit)),
    /** What the ROM takes for an initial stack pointer, which is how it knows that a bank holds something to start. */
    stackPointers: v.optional(AddressSlot, LEAST_RAM),
  }),
  v.forward(
    v.check(
      ({ optionBit, imageOffset }) => optionBit !== 'hidden' || imageOffset >= VECTORS_BYTES,
      `must leave ${VECTORS_BYTES} bytes for the vectors where the option bit is hidden`,
    ),
    ['imageOffset'],
  ),
  v.forward(
    v.check((profile) => tellsModes(profile), TELLS_MODES),
    ['usb'],
  ),
  v.forward(
    v.check((profile) => isKnownById(profile), IS_KNOWN_BY_ID),
    ['quirks'],
  ),
);
export type DfuseDualBankProfile = v.InferOutput<typeof DfuseDualBankProfile>;
