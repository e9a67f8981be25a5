import type { HeldUnitOptions } from '../held-unit.ts';
import type { DeviceProfile } from '../profile/profile.ts';
import type { OpenedUnit } from '../update-target.ts';
import { openDrydockInfo } from './drydock-info/open.ts';
import { openMcuboot } from './mcuboot/open.ts';

/** Opens a unit by the boot scheme of its profile; nothing is asked of it yet. A scheme that has no place here does not compile. */
export function openTarget(profile: DeviceProfile, unit: Omit<HeldUnitOptions, 'profile'>): OpenedUnit {
  switch (profile.scheme) {
    case 'drydock-info':
      return openDrydockInfo(profile, unit);
    case 'mcuboot':
      return openMcuboot(profile, unit);
  }
}
