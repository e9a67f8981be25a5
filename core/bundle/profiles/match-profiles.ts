import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Manifest, ManifestProfile } from '../../../contract/schema/bundle.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { PROFILE_FOLDER } from '../archive/entry-name.ts';
import { matchListed, type ListedFolder } from '../match-listed.ts';

/** One device profile of the manifest with its file in the archive. */
export interface ListedProfile {
  readonly listed: ManifestProfile;
  readonly entry: LocatedEntry;
}

const profileFolder: ListedFolder = {
  folder: PROFILE_FOLDER,
  codes: { unlisted: 'bundle.profile-unlisted', missing: 'bundle.profile-missing', length: 'bundle.profile-length' },
};

/** Matches the manifest's device profiles with the archive. Refuses as `matchListed`, with the codes `bundle.profile-…`. */
export function matchProfiles(
  { profiles = [] }: Manifest,
  entries: ReadonlyMap<string, LocatedEntry>,
): Result<readonly ListedProfile[]> {
  const matched = matchListed(profiles, entries, profileFolder);
  return matched.ok ? accept(matched.value) : matched;
}
