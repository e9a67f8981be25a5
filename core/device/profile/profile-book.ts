import type { Result } from '../../../contract/result.ts';
import type { ProfilePin } from './profile-pin.ts';
import type { ProfileRegistry } from './profile-registry.ts';
import type { SourcedProfile } from './profile-source.ts';

/** The profiles that count, which change while the station runs: a bundle is approved, an approval expires. */
export interface ProfileBook {
  /** For a look at the bench: nothing that was recorded since is missed, and stored bytes were read a moment ago. */
  now(): Promise<ProfileRegistry>;
  /** For a unit that is to be opened: everything is asked anew, and stored bytes are hashed again. */
  refresh(): Promise<ProfileRegistry>;
  /**
   * The profile that a job began with, by its very bytes, whether it counts now or not. Refuses `device.profile-lost`,
   * `bundle.stored-missing`, `bundle.stored-damaged`, or as the bytes do.
   */
  load(pin: ProfilePin): Promise<Result<SourcedProfile>>;
}
