import type { HeldUnitOptions } from '../../held-unit.ts';
import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';
import type { DeviceProfile } from '../../profile/profile.ts';
import type { OpenedUnit, TargetIdentity } from '../../update-target.ts';
import { BootstrapTarget } from './bootstrap-target.ts';

/**
 * A unit of scheme `bootstrap-only`, and what the job engine must know of its kind. `openNext` opens the unit that it becomes; who
 * confirms there, and for how long it is waited for, that unit's profile says.
 */
export function openBootstrap(
  profile: BootstrapOnlyProfile,
  unit: Omit<HeldUnitOptions, 'profile'>,
  openNext: (profile: DeviceProfile, identity: TargetIdentity) => OpenedUnit,
): OpenedUnit {
  const becomes = unit.scanner.findProfile(profile.becomes);
  if (becomes === null) throw new Error(`profile ${profile.id} was taken without ${profile.becomes}`);
  const next = openNext(becomes, { ...unit.identity, profile: becomes.id });
  return {
    target: new BootstrapTarget({ ...unit, profile, becomes, next: next.target }),
    profile: {
      ...next.profile,
      id: profile.id,
      pendingBy: 'request',
      canReadBack: true,
      readingRestarts: false,
      missingProtections: [
        'no-trial-boot',
        'no-automatic-revert',
        'no-self-test-report',
        'no-identity-report',
        'single-slot',
        'serial-by-operator',
      ],
      isRecoveryOnly: true,
      rawImageOffset: profile.imageOffset === 0 ? null : profile.imageOffset,
    },
  };
}
