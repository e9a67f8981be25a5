import { findAlternate } from '../../dfu/find-alternate.ts';
import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import { readSlotContent } from '../../../mcuboot/slot-content.ts';
import type { SlotContent } from '../../../mcuboot/slot-content.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import { listSlots } from '../../profile/slots.ts';
import type { NamedSlot } from '../../profile/slots.ts';
import type { UnitConnection } from '../../unit-connection.ts';

export type McubootSlot = NamedSlot<McubootProfile['slots'][string][string]>;

/** A slot as its bytes say, under its number on this unit. */
export interface ReadSlot {
  readonly slot: McubootSlot;
  readonly alternate: number;
  readonly name: string;
  readonly content: SlotContent;
}

/** Reads every slot of the profile whole, by upload. Refuses as {@link readSlot}. */
export async function readSlots(
  unit: UnitConnection,
  profile: McubootProfile,
  signal?: AbortSignal,
): Promise<Result<readonly ReadSlot[]>> {
  const read: ReadSlot[] = [];
  for (const slot of listSlots(profile.slots)) {
    const one = await readSlot(unit, profile, slot, signal);
    if (!one.ok) return one;
    read.push(one.value);
  }
  return accept(read);
}

/**
 * Reads one slot whole. The trailer stands at its very end, so that a slot of another size than the profile's is refused with
 * `device.slot-size`: a unit that ends early may be one that was asked for blocks of the wrong size, one that goes on would show
 * bytes of the image for flags. Refuses otherwise with `device.slot-missing` or as an upload does.
 */
export async function readSlot(
  unit: UnitConnection,
  profile: McubootProfile,
  slot: McubootSlot,
  signal?: AbortSignal,
): Promise<Result<ReadSlot>> {
  const { alternates } = unit.dfu.dfuInterface;
  const place = findAlternate(alternates, slot.alternate);
  if (!place.ok) return place;
  const bytes = new Uint8Array(slot.sizeBytes);
  let doneBytes = 0;
  const read = await unit.dfu.upload(place.value, {
    // One byte more than there should be: only a unit that ends on its own has given its whole slot.
    lenBytes: slot.sizeBytes + 1,
    chunk: (chunk) => {
      bytes.set(chunk.subarray(0, slot.sizeBytes - doneBytes), doneBytes);
      doneBytes = Math.min(slot.sizeBytes, doneBytes + chunk.byteLength);
    },
    progress: () => undefined,
    signal,
  });
  if (read.ok) return refuseSize(profile, slot, `more than ${slot.sizeBytes}`);
  if (read.code !== 'device.upload-short') return read;
  if (read.detail?.['doneBytes'] !== slot.sizeBytes)
    return refuseSize(profile, slot, String(read.detail?.['doneBytes']));
  const name = alternates.find(({ alternate }) => alternate === place.value)?.name ?? slot.id;
  return accept({ slot, alternate: place.value, name, content: readSlotContent(bytes, profile.trailer) });
}

function refuseSize(profile: McubootProfile, slot: McubootSlot, bytes: string): Result<never> {
  return refuse(
    'device.slot-size',
    `The unit returned ${bytes} bytes of its ${slot.id}, its device profile ${profile.id} says that it has ${slot.sizeBytes}; nothing was written.`,
    { slot: slot.id },
  );
}
