import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { DeviceState } from '../../contract/schema/device.ts';
import { trailerLenBytes } from '../mcuboot/trailer.ts';
import type { DeviceProfile } from './profile.ts';

/**
 * Finds the alternate behind a logical slot that may be written, by the profile *and* by what the unit says now
 * (REQ-OTA-APP-01). Refuses with `device.slot-unknown`, `device.slot-missing` or `device.slot-running`.
 */
export function findStagingAlternate(profile: DeviceProfile, state: DeviceState, slot: string): Result<number> {
  const stated = Object.hasOwn(profile.slots, slot) ? profile.slots[slot] : undefined;
  if (stated === undefined) {
    return refuse('device.slot-unknown', `The device profile ${profile.id} has no slot named ${slot}.`, { slot });
  }
  const view = state.slots.find((candidate) => candidate.alternate === stated.staging);
  if (view === undefined) {
    return refuse('device.slot-missing', `The unit has no alternate setting ${stated.staging} for the slot ${slot}.`, {
      slot,
    });
  }
  if (view.role !== 'staging') {
    return refuse(
      'device.slot-running',
      `The unit runs from alternate setting ${stated.staging}, to which the slot ${slot} would be written; nothing was written.`,
      { slot, alternate: stated.staging },
    );
  }
  return accept(stated.staging);
}

/**
 * Finds the alternate that a unit runs from for a logical slot, to be read only. Refuses with `device.slot-unknown` or
 * `device.slot-missing`.
 */
export function findRunningAlternate(profile: DeviceProfile, state: DeviceState, slot: string): Result<number> {
  const stated = Object.hasOwn(profile.slots, slot) ? profile.slots[slot] : undefined;
  if (stated === undefined) {
    return refuse('device.slot-unknown', `The device profile ${profile.id} has no slot named ${slot}.`, { slot });
  }
  const view = state.slots.find((candidate) => candidate.alternate === stated.running);
  if (view?.role === 'running') return accept(stated.running);
  const reason = `The unit has no running image at alternate setting ${stated.running}, where the slot ${slot} is expected.`;
  return refuse('device.slot-missing', reason, { slot });
}

/**
 * The image fits below the trailer of the slot; an image that reaches into the trailer is erased by the unit after it was
 * acknowledged. Refuses with `device.image-too-large` or `device.image-length`.
 */
export function checkRoom(profile: DeviceProfile, state: DeviceState, slot: string, lenBytes: number): Result<void> {
  const stated = profile.slots[slot];
  const view = state.slots.find((candidate) => candidate.alternate === stated?.staging);
  const sizeBytes = Math.min(stated?.sizeBytes ?? 0, view?.sizeBytes ?? 0);
  const { sectorBytes } = profile.trailer;
  // The boot loader erases the trailer by sectors, so that an image must not share one with it.
  const trailerBytes = Math.ceil(trailerLenBytes(profile.trailer) / sectorBytes) * sectorBytes;
  const roomBytes = sizeBytes - trailerBytes;
  if (!Number.isSafeInteger(lenBytes) || lenBytes < 1) {
    return refuse('device.image-length', `An image of ${lenBytes} bytes cannot be written.`, { lenBytes });
  }
  if (lenBytes > roomBytes) {
    return refuse(
      'device.image-too-large',
      `The image is ${lenBytes} bytes long, the slot ${slot} has room for ${Math.max(0, roomBytes)} bytes.`,
      { lenBytes, roomBytes },
    );
  }
  return accept(undefined);
}
