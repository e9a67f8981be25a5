import type { HeldUnitOptions } from '../held-unit.ts';
import type { DeviceProfile } from '../profile/profile.ts';
import type { KnownUnit, TargetProfile, UpdateTarget } from '../update-target.ts';
import { BootstrapTarget } from './bootstrap-only/bootstrap-target.ts';
import { toBootstrapTarget } from './bootstrap-only/target-profile.ts';
import { DualBankTarget } from './dfuse-dual-bank/dual-bank-target.ts';
import { toDualBankTarget } from './dfuse-dual-bank/target-profile.ts';
import { DrydockInfoTarget } from './drydock-info/drydock-info-target.ts';
import { toDrydockInfoTarget } from './drydock-info/target-profile.ts';
import { McubootTarget } from './mcuboot/mcuboot-target.ts';
import { toMcubootTarget } from './mcuboot/target-profile.ts';

/** What every scheme is handed. */
export type UnitToOpen = Omit<HeldUnitOptions, 'profile' | 'recognise'> & { readonly known: KnownUnit | null };

/** Opens a unit by the boot scheme of its profile; nothing is asked of it yet. A scheme that has no place here does not compile. */
export function openTarget(profile: DeviceProfile, unit: UnitToOpen): UpdateTarget {
  switch (profile.scheme) {
    case 'drydock-info':
      return new DrydockInfoTarget({ ...unit, profile });
    case 'mcuboot':
      return new McubootTarget({ ...unit, profile });
    case 'dfuse-dual-bank':
      return new DualBankTarget({ ...unit, profile });
    case 'bootstrap-only': {
      const becomes = unit.scanner.findProfile(profile.becomes);
      if (becomes === null) throw new Error(`profile ${profile.id} was taken without ${profile.becomes}`);
      const identity = { ...unit.identity, profile: becomes.id };
      const next = openTarget(becomes, { ...unit, identity, onClose: () => undefined });
      return new BootstrapTarget({ ...unit, profile, becomes, next });
    }
  }
}

/** What the job engine must know of units of a profile. `becomes`: the profile under which a recovered unit comes up. */
export function toTargetProfile(profile: DeviceProfile, becomes: DeviceProfile | null = null): TargetProfile {
  switch (profile.scheme) {
    case 'drydock-info':
      return toDrydockInfoTarget(profile);
    case 'mcuboot':
      return toMcubootTarget(profile);
    case 'dfuse-dual-bank':
      return toDualBankTarget(profile);
    case 'bootstrap-only':
      return toBootstrapTarget(profile, becomes === null ? null : toTargetProfile(becomes));
  }
}
