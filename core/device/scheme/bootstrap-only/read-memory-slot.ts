import { accept } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import type { AddressRange } from '../../dfuse/memory-pages.ts';
import { readSlotImage } from '../../dfuse/read-slot-image.ts';
import type { SlotContent } from '../../dfuse/read-slot-image.ts';
import type { UnitMemory } from '../../dfuse/unit-memory.ts';
import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';

/** The one slot of a unit in its ROM boot loader, and what lies there now. */
export interface MemorySlot {
  readonly logical: string;
  readonly memory: UnitMemory;
  readonly range: AddressRange;
  readonly content: SlotContent;
}

/** Refuses as finding the memory and reading it do; a protected one with `device.read-protected`. */
export async function readMemorySlot(rom: DfuseSession, profile: BootstrapOnlyProfile): Promise<Result<MemorySlot>> {
  const memory = rom.findMemory(profile.memory);
  if (!memory.ok) return memory;
  const [entry] = Object.entries(profile.slots);
  if (entry === undefined) throw new Error(`profile ${profile.id} has no slot`);
  const [logical, { startAddress, sizeBytes }] = entry;
  const range = { startAddress, endAddress: startAddress + sizeBytes };
  const imageRange = { ...range, startAddress: startAddress + profile.imageOffset };
  const content = await readSlotImage(rom, memory.value, imageRange);
  return content.ok ? accept({ logical, memory: memory.value, range, content: content.value }) : content;
}
