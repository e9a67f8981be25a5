import type { HeldUnitOptions } from '../../held-unit.ts';
import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';
import type { DeviceProfile } from '../../profile/profile.ts';
import type { TargetIdentity, UpdateTarget } from '../../update-target.ts';
import { BootstrapTarget } from './bootstrap-target.ts';

/** A unit of scheme `bootstrap-only`. `openNext` opens the unit that it becomes. */
export function openBootstrap(
  profile: BootstrapOnlyProfile,
  unit: Omit<HeldUnitOptions, 'profile'>,
  openNext: (profile: DeviceProfile, identity: TargetIdentity) => UpdateTarget,
): UpdateTarget {
  const becomes = unit.scanner.findProfile(profile.becomes);
  if (becomes === null) throw new Error(`profile ${profile.id} was taken without ${profile.becomes}`);
  const next = openNext(becomes, { ...unit.identity, profile: becomes.id });
  return new BootstrapTarget({ ...unit, profile, becomes, next });
}
