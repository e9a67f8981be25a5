import type { Refusal } from '../../../contract/result.ts';
import type { BundleSource } from './profile-source.ts';
import type { DeviceProfile } from './profile.ts';

/** A profile that a bundle of this station brings, and whether units are driven by it now. */
export interface ProfileOffer {
  /** Null where the stored bytes cannot be read, or are not what the manifest says. */
  readonly profile: DeviceProfile | null;
  readonly product: string;
  readonly source: BundleSource;
  /** Why it does not count now; null where it does. */
  readonly refusal: Refusal | null;
  /** When the first approval that it stands on expires (UTC); null where none is needed or it does not count. */
  readonly validUntil: string | null;
}
