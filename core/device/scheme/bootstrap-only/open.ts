import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';
import type { DeviceProfile } from '../../profile/profile.ts';
import type { TargetIdentity, TargetProfile, UpdateTarget } from '../../update-target.ts';
import { BootstrapTarget } from './bootstrap-target.ts';

export const BOOTSTRAP_MISSING_PROTECTIONS: readonly MissingProtection[] = [
  'no-trial-boot',
  'no-automatic-revert',
  'no-self-test-report',
  'no-identity-report',
  'single-slot',
  'serial-by-operator',
];

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

/** What the job engine must know of such units; who confirms, and for how long it is waited for, the profile `next` says that they become. */
export function toBootstrapTarget({ id, imageOffset }: BootstrapOnlyProfile, next: TargetProfile): TargetProfile {
  return {
    ...next,
    id,
    pendingBy: 'request',
    canReadBack: true,
    readingRestarts: false,
    missingProtections: BOOTSTRAP_MISSING_PROTECTIONS,
    isRecoveryOnly: true,
    rawImageOffset: imageOffset === 0 ? null : imageOffset,
  };
}
