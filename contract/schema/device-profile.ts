import * as v from 'valibot';
import { Sha256 } from './bundle.ts';
import { MissingProtection } from './device.ts';

/** A bundle that brings a device profile, and whether units are driven by that profile now. */
export const ProfileStanding = v.strictObject({
  digest: Sha256,
  release: v.string(),
  inForce: v.boolean(),
  /** When the first approval that it stands on expires (UTC); null where none is needed, or it is not in force. */
  validUntil: v.nullable(v.string()),
  /** Why it is not in force. */
  code: v.nullable(v.string()),
  reason: v.nullable(v.string()),
});
export type ProfileStanding = v.InferOutput<typeof ProfileStanding>;

/** A device profile of this station, as people see it (docs/device-profiles.md). */
export const ProfileView = v.strictObject({
  id: v.string(),
  name: v.string(),
  product: v.string(),
  scheme: v.string(),
  /** `shipped`: came with Drydock. `station`: from the data folder's `profiles/`. `bundle`: an imported bundle brings it. `file`: only looked at. */
  source: v.picklist(['shipped', 'station', 'bundle', 'file']),
  file: v.string(),
  /** Of the profile's exact bytes. */
  sha256: Sha256,
  /** Null for a profile that no bundle of the station brings. */
  bundle: v.nullable(ProfileStanding),
  /** `1209:0001` of each mode in which units are recognised. */
  usbIds: v.array(v.string()),
  quirks: v.array(v.string()),
  missingProtections: v.array(MissingProtection),
});
export type ProfileView = v.InferOutput<typeof ProfileView>;
