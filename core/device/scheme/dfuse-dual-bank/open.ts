import type { HeldUnitOptions } from '../../held-unit.ts';
import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import type { KnownUnit, OpenedUnit } from '../../update-target.ts';
import { DualBankTarget } from './dual-bank-target.ts';

/** A unit of scheme `dfuse-dual-bank`, and what the job engine must know of its kind. */
export function openDualBank(
  profile: DfuseDualBankProfile,
  unit: Omit<HeldUnitOptions, 'profile'>,
  known: KnownUnit | null,
): OpenedUnit {
  const { id, product, deadlines, imageOffset } = profile;
  return {
    target: new DualBankTarget({ ...unit, profile, known }),
    profile: {
      id,
      product,
      confirmedBy: 'station',
      pendingBy: 'request',
      canReadBack: true,
      readsInUpdateMode: false,
      selfTestDeadlineMs: deadlines.selfTestMs,
      rebootDeadlineMs: deadlines.rebootMs,
      missingProtections: ['no-automatic-revert', 'no-self-test-report', 'no-identity-report', 'put-back-by-person'],
      rawImageOffset: imageOffset === 0 ? null : imageOffset,
      readingRestarts: true,
      isRecoveryOnly: false,
    },
  };
}
