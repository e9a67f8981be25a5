import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../contract/result.ts';
import { accept } from '../../contract/result.ts';
import { loadProfiles } from '../device/profile/load-profiles.ts';
import { parseProfile } from '../device/profile/parse-profile.ts';
import { ProfileRegistry } from '../device/profile/profile-registry.ts';
import type { SourcedProfile } from '../device/profile/profile-source.ts';
import { sha256Hex } from '../digest.ts';
import { writeUdevRules, type UdevRulesOptions } from '../device/udev-rules.ts';

export { installUdevRules } from '../device/udev-rules.ts';
export { udevReload } from '../device/access-hint.ts';

const shippedProfiles = fileURLToPath(new URL('../../resources/profiles/', import.meta.url));

/** A profile that an administrator names, because a bundle brings it and no bundle opens device nodes by itself. */
export interface NamedProfile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Rules for the profiles that come with Drydock, for those in `<data folder>/profiles`, and for `named` ones; `dataFolder` null leaves
 * the second out. Needs no open station: an administrator of the machine is nobody's operator. Refuses with `device.profile-…`.
 */
export function makeUdevRules(
  dataFolder: string | null,
  options: UdevRulesOptions,
  named: readonly NamedProfile[] = [],
): Result<string> {
  const profiles = loadProfiles({
    shipped: shippedProfiles,
    ...(dataFolder === null ? {} : { station: join(dataFolder, 'profiles') }),
  });
  const all = profiles.ok ? addNamed(profiles.value, named) : profiles;
  return all.ok ? accept(writeUdevRules(all.value, options)) : all;
}

function addNamed(known: ProfileRegistry, named: readonly NamedProfile[]): Result<ProfileRegistry> {
  const all: SourcedProfile[] = [...known.sourced];
  for (const { file, bytes } of named) {
    const profile = parseProfile(bytes, file);
    if (!profile.ok) return profile;
    all.push({ profile: profile.value, source: { kind: 'file', file, sha256: sha256Hex(bytes) } });
  }
  return ProfileRegistry.create(
    all.map(({ profile }) => profile),
    all.map(({ source }) => source),
  );
}
