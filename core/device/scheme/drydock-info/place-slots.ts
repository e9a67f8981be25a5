import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import { findSlot } from '../../find-slot.ts';
import type { DrydockInfoProfile } from '../../profile/drydock-info.ts';
import { listSlots } from '../../profile/slots.ts';
import type { UnitInfo } from './parse-info.ts';

/** Where the bytes of a slot go or come from. */
export interface SlotPlace {
  readonly id: string;
  readonly alternate: number;
  /** The smaller of what the profile and what the unit says. */
  readonly sizeBytes: number;
}

/**
 * Gives the slots that a unit describes the names that its profile has for them; slots of which the profile says nothing are left
 * out. Refuses with `device.slot-missing` where none is left.
 */
export function placeSlots(profile: DrydockInfoProfile, info: UnitInfo): Result<DeviceState> {
  const slots = listSlots(profile.slots).flatMap(({ id, logical, alternate }) => {
    const seen = info.slots.find((slot) => slot.alternate === alternate || slot.name === alternate);
    return seen === undefined ? [] : [{ id, logical, ...seen }];
  });
  if (slots.length === 0) {
    return refuse('device.slot-missing', `The unit has none of the slots that the device profile ${profile.id} names.`);
  }
  return accept({ ...info, slots });
}

/**
 * The slot that may be written for a logical one, by what the unit says now *and* by the profile (REQ-OTA-APP-01). Refuses as
 * `findSlot`, and with `device.slot-running` where the profile says that the unit runs from there.
 */
export function findStaging(profile: DrydockInfoProfile, state: DeviceState, logical: string): Result<SlotPlace> {
  return findPlace(profile, state, logical, 'staging');
}

/** The slot that the unit runs from for a logical one, to be read only. Refuses as {@link findStaging}. */
export function findRunning(profile: DrydockInfoProfile, state: DeviceState, logical: string): Result<SlotPlace> {
  return findPlace(profile, state, logical, 'running');
}

function findPlace(
  profile: DrydockInfoProfile,
  state: DeviceState,
  logical: string,
  role: 'running' | 'staging',
): Result<SlotPlace> {
  const view = findSlot(state, logical, role);
  if (!view.ok) return view;
  const { id, alternate, sizeBytes } = view.value;
  const stated = listSlots(profile.slots).find((slot) => slot.id === id);
  if (stated === undefined || alternate === null) throw new Error(`slot ${id} was placed without its profile`);
  if (stated.role !== undefined && stated.role !== role) {
    return refuse(
      'device.slot-running',
      `The unit says that ${id} is its ${role} slot, its device profile says that it is the ${stated.role} one; nothing was written.`,
      { logical, id },
    );
  }
  return accept({ id, alternate, sizeBytes: Math.min(sizeBytes, stated.sizeBytes) });
}
