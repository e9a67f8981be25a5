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
import { readVectors, VECTORS_BYTES } from './vectors.ts';
import type { Startable } from './vectors.ts';

/** A bank with where it stands now and what it holds. */
export interface Bank {
  readonly id: string;
  readonly logical: string;
  readonly range: AddressRange;
  readonly content: SlotContent;
}

/** Both banks, and what holds them. */
export interface BankPair {
  readonly memory: UnitMemory;
  readonly first: Bank;
  readonly second: Bank;
}

/** The two banks by what the part starts next. */
export interface Banks extends BankPair {
  readonly running: Bank;
  readonly staging: Bank;
  /** The part starts `running` whatever the other bank comes to hold. */
  readonly isSettled: boolean;
}

/** Reads the images of both banks anew; nothing is remembered. `isSwapped`: they stand at each other's addresses. Refuses as reading does. */
export async function readBankPair(
  rom: DfuseSession,
  profile: DfuseDualBankProfile,
  isSwapped: boolean,
): Promise<Result<BankPair>> {
  const memory = rom.findMemory(profile.memory);
  if (!memory.ok) return memory;
  const [bank1, bank2] = listSlots(profile.slots);
  if (bank1 === undefined || bank2 === undefined) throw new Error(`profile ${profile.id} has no two banks`);
  const read = async (bank: typeof bank1, { startAddress, sizeBytes }: typeof bank1): Promise<Result<Bank>> => {
    const range = { startAddress, endAddress: startAddress + sizeBytes };
    const content = await readBankImage(rom, memory.value, profile, range);
    return content.ok ? accept({ id: bank.id, logical: bank.logical, range, content: content.value }) : content;
  };
  const first = await read(bank1, isSwapped ? bank2 : bank1);
  if (!first.ok) return first;
  const second = await read(bank2, isSwapped ? bank1 : bank2);
  return second.ok ? accept({ memory: memory.value, first: first.value, second: second.value }) : second;
}

/** What the image of a bank says that it is. Refuses as reading does. */
export async function readBankImage(
  rom: DfuseSession,
  memory: UnitMemory,
  { imageOffset }: DfuseDualBankProfile,
  range: AddressRange,
): Promise<Result<SlotContent>> {
  return await readSlotImage(rom, memory, { ...range, startAddress: range.startAddress + imageOffset });
}

export function nameBanks(pair: BankPair, startsSecond: boolean, isSettled: boolean): Banks {
  const [running, staging] = startsSecond ? [pair.second, pair.first] : [pair.first, pair.second];
  return { ...pair, running, staging, isSettled };
}

/** Whether a ROM starts what a bank begins with. Refuses as reading does. */
export async function readBankStart(
  rom: DfuseSession,
  { memory, first, second }: BankPair,
  { stackPointers }: DfuseDualBankProfile,
  { range }: Bank,
): Promise<Result<Startable>> {
  const vectors = await rom.readBytes(memory, range.startAddress, VECTORS_BYTES);
  return vectors.ok ? accept(readVectors(vectors.value, stackPointers, spanOf(first, second))) : vectors;
}

/** All flash of both banks: an image is linked for the addresses of one bank and runs from the other, which the part maps there. */
export function spanOf({ range: one }: Bank, { range: other }: Bank): AddressRange {
  return {
    startAddress: Math.min(one.startAddress, other.startAddress),
    endAddress: Math.max(one.endAddress, other.endAddress),
  };
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
