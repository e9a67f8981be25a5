import type { HeldUnitOptions } from '../held-unit.ts';
import type { DeviceProfile } from '../profile/profile.ts';
import type { TargetProfile, UpdateTarget } from '../update-target.ts';
import { DrydockInfoTarget } from './drydock-info/drydock-info-target.ts';
import { toDrydockInfoTarget } from './drydock-info/target-profile.ts';
import { McubootTarget } from './mcuboot/mcuboot-target.ts';
import { toMcubootTarget } from './mcuboot/target-profile.ts';

/** Opens a unit by the boot scheme of its profile; nothing is asked of it yet. A scheme that has no place here does not compile. */
export function openTarget(profile: DeviceProfile, unit: Omit<HeldUnitOptions, 'profile'>): UpdateTarget {
  switch (profile.scheme) {
    case 'drydock-info':
      return new DrydockInfoTarget({ ...unit, profile });
    case 'mcuboot':
      return new McubootTarget({ ...unit, profile });
  }
}

/** What the job engine must know of units of a profile. */
export function toTargetProfile(profile: DeviceProfile): TargetProfile {
  switch (profile.scheme) {
    case 'drydock-info':
      return toDrydockInfoTarget(profile);
    case 'mcuboot':
      return toMcubootTarget(profile);
  }
}
