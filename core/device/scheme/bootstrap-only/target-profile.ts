import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';
import type { TargetProfile } from '../../update-target.ts';

/**
 * What the job engine must know of units of scheme `bootstrap-only`. Who confirms, and for how long it is waited for, says the profile
 * under which the unit comes up; left out where only the kind itself is described.
 */
export function toBootstrapTarget(profile: BootstrapOnlyProfile, next: TargetProfile | null): TargetProfile {
  const { id, product, deadlines, imageOffset } = profile;
  return {
    id,
    product,
    confirmedBy: next?.confirmedBy ?? 'device',
    pendingBy: 'request',
    canReadBack: true,
    readsInUpdateMode: next?.readsInUpdateMode ?? false,
    selfTestDeadlineMs: next?.selfTestDeadlineMs ?? deadlines.selfTestMs,
    rebootDeadlineMs: deadlines.rebootMs,
    missingProtections: [
      'no-trial-boot',
      'no-automatic-revert',
      'no-self-test-report',
      'no-identity-report',
      'single-slot',
      'serial-by-operator',
    ],
    readingRestarts: false,
    isRecoveryOnly: true,
    rawImageOffset: imageOffset === 0 ? null : imageOffset,
  };
}
