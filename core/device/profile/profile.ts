import * as v from 'valibot';
import { BootstrapOnlyProfile } from './bootstrap-only.ts';
import { DfuseDualBankProfile } from './dfuse-dual-bank.ts';
import { DrydockInfoProfile } from './drydock-info.ts';
import { McubootProfile } from './mcuboot.ts';

/** A device profile: everything that Drydock knows of a kind of unit, as data (docs/device-profiles.md). Strict; one form for each boot scheme. */
export const DeviceProfile = v.variant('scheme', [
  DrydockInfoProfile,
  McubootProfile,
  DfuseDualBankProfile,
  BootstrapOnlyProfile,
]);
export type DeviceProfile = v.InferOutput<typeof DeviceProfile>;
