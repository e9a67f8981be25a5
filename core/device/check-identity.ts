import { namePlace } from '../../contract/plain/name-place.ts';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { DeviceState } from '../../contract/schema/device.ts';
import type { DeviceProfile } from './profile/profile.ts';
import type { TargetIdentity } from './update-target.ts';
import type { SightedUnit } from './usb-scanner.ts';

/** Before anything is asked of it: the unit at the position is still the one of this job. Refuses with `device.other-unit`. */
export function checkSighting(identity: TargetIdentity, sighted: SightedUnit): Result<void> {
  const { profile, serial } = sighted.unit;
  if (profile !== identity.profile) {
    return refuse(
      'device.other-unit',
      `Position ${namePlace(identity.position, identity.place)} now holds a unit of ${profile ?? 'an unknown kind'} instead of ${identity.profile}.`,
      { position: identity.position },
    );
  }
  return checkSerial(identity, serial);
}

/** The unit says of itself what its USB descriptors say. Refuses with `device.wrong-product` or `device.other-unit`. */
export function checkState(identity: TargetIdentity, profile: DeviceProfile, state: DeviceState): Result<void> {
  if (state.product !== profile.product) {
    return refuse(
      'device.wrong-product',
      `The unit says that it is a ${state.product}, its profile ${profile.id} is for ${profile.product}.`,
      { product: state.product },
    );
  }
  return checkSerial(identity, state.serial);
}

function checkSerial(identity: TargetIdentity, serial: string | null): Result<void> {
  if (serial === identity.serial) return accept(undefined);
  return refuse(
    'device.other-unit',
    `The unit at position ${namePlace(identity.position, identity.place)} has serial ${serial ?? 'none'} instead of ${identity.serial}.`,
    { position: identity.position, serial },
  );
}
