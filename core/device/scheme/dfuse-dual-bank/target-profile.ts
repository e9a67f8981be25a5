import type { MissingProtection } from '../../../../contract/schema/device.ts';
import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import type { TargetProfile } from '../../update-target.ts';

export const DUAL_BANK_MISSING_PROTECTIONS: readonly MissingProtection[] = [
  'no-automatic-revert',
  'no-self-test-report',
  'no-identity-report',
  'put-back-by-person',
];

/** What the job engine must know of units of scheme `dfuse-dual-bank`. */
export function toDualBankTarget({ id, product, deadlines, imageOffset }: DfuseDualBankProfile): TargetProfile {
  return {
    id,
    product,
    confirmedBy: 'station',
    pendingBy: 'request',
    canReadBack: true,
    readsInUpdateMode: false,
    selfTestDeadlineMs: deadlines.selfTestMs,
    rebootDeadlineMs: deadlines.rebootMs,
    missingProtections: DUAL_BANK_MISSING_PROTECTIONS,
    rawImageOffset: imageOffset === 0 ? null : imageOffset,
    readingRestarts: true,
    isRecoveryOnly: false,
  };
}
