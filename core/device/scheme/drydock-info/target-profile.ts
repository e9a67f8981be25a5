import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { DrydockInfoProfile } from '../../profile/drydock-info.ts';
import type { TargetProfile } from '../../update-target.ts';

/** What the job engine must know of units of scheme `drydock-info`. */
export function toDrydockInfoTarget(profile: DrydockInfoProfile): TargetProfile {
  const { id, product, confirmedBy, pendingBy, readBack, deadlines } = profile;
  return {
    id,
    product,
    confirmedBy,
    pendingBy,
    canReadBack: readBack,
    readsInUpdateMode: false,
    selfTestDeadlineMs: deadlines.selfTestMs,
    rebootDeadlineMs: deadlines.rebootMs,
    missingProtections: listMissingProtections(profile),
    readingRestarts: false,
    isRecoveryOnly: false,
    rawImageOffset: null,
  };
}

function listMissingProtections({ pendingBy, readBack }: DrydockInfoProfile): readonly MissingProtection[] {
  return [
    ...(readBack ? [] : (['no-read-back'] as const)),
    ...(pendingBy === 'manifestation' ? (['marked-before-read-back'] as const) : []),
  ];
}
