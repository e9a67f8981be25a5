import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';
import type { TargetProfile } from '../../update-target.ts';

export const BOOTSTRAP_MISSING_PROTECTIONS: readonly MissingProtection[] = [
  'no-trial-boot',
  'no-automatic-revert',
  'no-self-test-report',
  'no-identity-report',
  'single-slot',
  'serial-by-operator',
];

/**
 * What the job engine must know of units of scheme `bootstrap-only`. Who confirms, and for how long it is waited for, the profile
 * `next` says, under which the unit comes up.
 */
export function toBootstrapTarget(
  { id, deadlines, imageOffset }: BootstrapOnlyProfile,
  next: TargetProfile,
): TargetProfile {
  return {
    ...next,
    id,
    pendingBy: 'request',
    canReadBack: true,
    rebootDeadlineMs: deadlines.rebootMs,
    missingProtections: BOOTSTRAP_MISSING_PROTECTIONS,
    readingRestarts: false,
    isRecoveryOnly: true,
    rawImageOffset: imageOffset === 0 ? null : imageOffset,
  };
}
