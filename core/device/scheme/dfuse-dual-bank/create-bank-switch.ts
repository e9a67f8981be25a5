import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import type { BankSwitch } from './bank-switch.ts';
import { FirstPageSwitch } from './first-page-switch.ts';
import type { HeldPages } from './held-page.ts';
import { OptionBitSwitch } from './option-bit-switch.ts';

/** The switch that parts of a profile have. */
export function createBankSwitch(profile: DfuseDualBankProfile, serial: string, pages: HeldPages): BankSwitch {
  const { optionBit } = profile;
  if (optionBit === 'hidden') return new FirstPageSwitch(profile, serial, pages);
  return new OptionBitSwitch(profile, optionBit);
}
