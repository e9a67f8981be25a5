import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import type { OpenedUnit } from '../../update-target.ts';
import { McubootTarget } from './mcuboot-target.ts';

/** A unit of scheme `mcuboot`, and what the job engine must know of its kind. */
export function openMcuboot(profile: McubootProfile, unit: Omit<HeldUnitOptions, 'profile'>): OpenedUnit {
  const { id, product, confirmedBy, afterManifestation, deadlines } = profile;
  return {
    target: new McubootTarget({ ...unit, profile }),
    profile: {
      id,
      product,
      confirmedBy,
      pendingBy: 'manifestation',
      canReadBack: afterManifestation === 'stays',
      readsInUpdateMode: true,
      selfTestDeadlineMs: profile.undisturbedMs + deadlines.selfTestMs,
      rebootDeadlineMs: deadlines.rebootMs,
      missingProtections: listMissingProtections(profile),
    },
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
