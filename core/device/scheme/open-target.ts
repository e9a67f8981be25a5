import type { HeldUnitOptions } from '../held-unit.ts';
import type { DeviceProfile } from '../profile/profile.ts';
import type { KnownUnit, OpenedUnit } from '../update-target.ts';
import { openBootstrap } from './bootstrap-only/open.ts';
import { openDualBank } from './dfuse-dual-bank/open.ts';
import { openDrydockInfo } from './drydock-info/open.ts';
import { openMcuboot } from './mcuboot/open.ts';

/** What every scheme is handed. */
export type UnitToOpen = Omit<HeldUnitOptions, 'profile' | 'recognise'> & { readonly known: KnownUnit | null };

/** Opens a unit by the boot scheme of its profile; nothing is asked of it yet. A scheme that has no place here does not compile. */
export function openTarget(profile: DeviceProfile, unit: UnitToOpen): OpenedUnit {
  switch (profile.scheme) {
    case 'drydock-info':
      return openDrydockInfo(profile, unit);
    case 'mcuboot':
      return openMcuboot(profile, unit);
    case 'dfuse-dual-bank':
      return openDualBank(profile, unit, unit.known);
    case 'bootstrap-only':
      return openBootstrap(profile, unit, (next, identity) =>
        openTarget(next, { ...unit, identity, onClose: () => undefined }),
      );
  }
}
