import { accept } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { SlotView } from '../../../../contract/schema/device.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import type { AddressRange } from '../../dfuse/memory-pages.ts';
import { readSlotImage } from '../../dfuse/read-slot-image.ts';
import type { SlotContent } from '../../dfuse/read-slot-image.ts';
import type { UnitMemory } from '../../dfuse/unit-memory.ts';
import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import { listSlots } from '../../profile/slots.ts';
import { readBankBit } from './bank-bit.ts';

/** A bank with where it stands now and what it holds. */
export interface Bank {
  readonly id: string;
  readonly logical: string;
  readonly range: AddressRange;
  readonly content: SlotContent;
  /** What the option bit must be for this bank to be started. */
  readonly bit: boolean;
}

/** The two banks by what the part starts next. */
export interface Banks {
  readonly memory: UnitMemory;
  readonly running: Bank;
  readonly staging: Bank;
}

/** Reads option bit and image headers anew; nothing is remembered of it. Refuses as reading does. */
export async function readBanks(rom: DfuseSession, profile: DfuseDualBankProfile): Promise<Result<Banks>> {
  const memory = rom.findMemory(profile.memory);
  if (!memory.ok) return memory;
  const isSet = await readBankBit(rom, profile.optionBit);
  if (!isSet.ok) return isSet;
  const [bank1, bank2] = listSlots(profile.slots);
  if (bank1 === undefined || bank2 === undefined) throw new Error(`profile ${profile.id} has no two banks`);
  const isSwapped = profile.optionBit.setMeans === 'swapped' && isSet.value;
  // A bank that was swapped stands at the other one's addresses.
  const [place1, place2] = isSwapped ? [bank2, bank1] : [bank1, bank2];
  const views: Bank[] = [];
  for (const [{ id, logical }, { startAddress, sizeBytes }, bit] of [
    [bank1, place1, false],
    [bank2, place2, true],
  ] as const) {
    const range = { startAddress, endAddress: startAddress + sizeBytes };
    const content = await readSlotImage(rom, memory.value, {
      ...range,
      startAddress: startAddress + profile.imageOffset,
    });
    if (!content.ok) return content;
    views.push({ id, logical, range, content: content.value, bit });
  }
  const [first, second] = views;
  if (first === undefined || second === undefined) throw new Error('there are always two banks');
  const startsSecond = isSet.value && (isSwapped || (await holdsVectors(rom, memory.value, second.range)));
  return accept({
    memory: memory.value,
    running: startsSecond ? second : first,
    staging: startsSecond ? first : second,
  });
}

/** The slots as jobs see them. */
export function viewBank({ id, logical, range, content }: Bank, role: SlotView['role'], memory: UnitMemory): SlotView {
  return {
    id,
    logical,
    role,
    name: id,
    sizeBytes: range.endAddress - range.startAddress,
    ...content,
    alternate: memory.alternate,
  };
}

/** How the ROM tells that bank 2 holds something to start: its first word is a stack pointer into RAM (AN2606). */
async function holdsVectors(rom: DfuseSession, memory: UnitMemory, { startAddress }: AddressRange): Promise<boolean> {
  const word = await rom.readBytes(memory, startAddress, 4);
  return word.ok && (word.value.readUInt32LE(0) & 0x2ffe_0000) === 0x2000_0000;
}
