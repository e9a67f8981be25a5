import type { MissingProtection } from '../../../contract/schema/device.ts';
import type { HeldUnitOptions } from '../held-unit.ts';
import type { DeviceProfile } from '../profile/profile.ts';
import type { KnownUnit, TargetProfile, UpdateTarget } from '../update-target.ts';
import { openBootstrap } from './bootstrap-only/open.ts';
import { BOOTSTRAP_MISSING_PROTECTIONS, toBootstrapTarget } from './bootstrap-only/target-profile.ts';
import { DualBankTarget } from './dfuse-dual-bank/dual-bank-target.ts';
import type { HeldPages } from './dfuse-dual-bank/held-page.ts';
import { DUAL_BANK_MISSING_PROTECTIONS, toDualBankTarget } from './dfuse-dual-bank/target-profile.ts';
import { DrydockInfoTarget } from './drydock-info/drydock-info-target.ts';
import { toDrydockInfoTarget } from './drydock-info/target-profile.ts';
import { McubootTarget } from './mcuboot/mcuboot-target.ts';
import { toMcubootTarget } from './mcuboot/target-profile.ts';

/** What every scheme is handed. */
export type UnitToOpen = Omit<HeldUnitOptions, 'profile' | 'recognise'> & {
  readonly known: KnownUnit | null;
  readonly heldPages: HeldPages;
};

/** Opens a unit by the boot scheme of its profile; nothing is asked of it yet. A scheme that has no place here does not compile. */
export function openTarget(profile: DeviceProfile, unit: UnitToOpen): UpdateTarget {
  switch (profile.scheme) {
    case 'drydock-info':
      return new DrydockInfoTarget({ ...unit, profile });
    case 'mcuboot':
      return new McubootTarget({ ...unit, profile });
    case 'dfuse-dual-bank':
      return new DualBankTarget({ ...unit, profile });
    case 'bootstrap-only':
      return openBootstrap(profile, unit, (next, identity) =>
        openTarget(next, { ...unit, identity, onClose: () => undefined }),
      );
  }
}

/** What the job engine must know of units of a profile. `find`: another profile of the station, which this one names. */
export function toTargetProfile(profile: DeviceProfile, find: (id: string) => DeviceProfile | null): TargetProfile {
  switch (profile.scheme) {
    case 'drydock-info':
      return toDrydockInfoTarget(profile);
    case 'mcuboot':
      return toMcubootTarget(profile);
    case 'dfuse-dual-bank':
      return toDualBankTarget(profile);
    case 'bootstrap-only': {
      const becomes = find(profile.becomes);
      if (becomes === null) throw new Error(`profile ${profile.id} was taken without ${profile.becomes}`);
      return toBootstrapTarget(profile, toTargetProfile(becomes, find));
    }
  }
}

/** What units of a profile do not give, without a look at other profiles. */
export function listMissingProtections(profile: DeviceProfile): readonly MissingProtection[] {
  switch (profile.scheme) {
    case 'drydock-info':
      return toDrydockInfoTarget(profile).missingProtections;
    case 'mcuboot':
      return toMcubootTarget(profile).missingProtections;
    case 'dfuse-dual-bank':
      return DUAL_BANK_MISSING_PROTECTIONS;
    case 'bootstrap-only':
      return BOOTSTRAP_MISSING_PROTECTIONS;
  }
}
