import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import type { TargetProfile } from '../../update-target.ts';

/** What the job engine must know of units of scheme `mcuboot`. */
export function toMcubootTarget(profile: McubootProfile): TargetProfile {
  const { id, product, confirmedBy, afterManifestation, undisturbedMs, deadlines } = profile;
  return {
    id,
    product,
    confirmedBy,
    pendingBy: 'manifestation',
    canReadBack: afterManifestation === 'stays',
    readsInUpdateMode: true,
    selfTestDeadlineMs: undisturbedMs + deadlines.selfTestMs,
    rebootDeadlineMs: deadlines.rebootMs,
    missingProtections: listMissingProtections(profile),
    readingRestarts: false,
    isRecoveryOnly: false,
    rawImageOffset: null,
  };
}

function listMissingProtections({ afterManifestation, resetBy }: McubootProfile): readonly MissingProtection[] {
  return [
    'no-identity-report',
    'no-self-test-report',
    afterManifestation === 'stays' ? 'marked-before-read-back' : 'no-read-back',
    ...(resetBy === 'person' ? (['power-cycle-by-person'] as const) : []),
  ];
}
