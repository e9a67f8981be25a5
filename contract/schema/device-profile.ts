import * as v from 'valibot';
import { MissingProtection } from './device.ts';

/** A device profile of this station, as people see it (docs/device-profiles.md). */
export const ProfileView = v.strictObject({
  id: v.string(),
  name: v.string(),
  product: v.string(),
  scheme: v.string(),
  /** `shipped`: came with Drydock. `station`: from the data folder's `profiles/`. */
  source: v.picklist(['shipped', 'station']),
  file: v.string(),
  /** `1209:0001` of each mode in which units are recognised. */
  usbIds: v.array(v.string()),
  quirks: v.array(v.string()),
  missingProtections: v.array(MissingProtection),
});
export type ProfileView = v.InferOutput<typeof ProfileView>;
