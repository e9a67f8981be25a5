import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { DrydockInfoProfile } from '../../profile/drydock-info.ts';
import type { OpenedUnit } from '../../update-target.ts';
import { DrydockInfoTarget } from './drydock-info-target.ts';

/** A unit of scheme `drydock-info`, and what the job engine must know of its kind. */
export function openDrydockInfo(profile: DrydockInfoProfile, unit: Omit<HeldUnitOptions, 'profile'>): OpenedUnit {
  const { id, product, confirmedBy, pendingBy, readBack, deadlines } = profile;
  return {
    target: new DrydockInfoTarget({ ...unit, profile }),
    profile: {
      id,
      product,
      confirmedBy,
      pendingBy,
      canReadBack: readBack,
      readsInUpdateMode: false,
      selfTestDeadlineMs: deadlines.selfTestMs,
      rebootDeadlineMs: deadlines.rebootMs,
      missingProtections: listMissingProtections(profile),
    },
  };
}

function listMissingProtections({ pendingBy, readBack }: DrydockInfoProfile): readonly MissingProtection[] {
  return [
    ...(readBack ? [] : (['no-read-back'] as const)),
    ...(pendingBy === 'manifestation' ? (['marked-before-read-back'] as const) : []),
  ];
}
