import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { parseProfile } from './parse-profile.ts';
import { ProfileRegistry } from './profile-registry.ts';
import type { FileSource, SourcedProfile } from './profile-source.ts';
import { sha256Hex } from '../../digest.ts';

/**
 * The profiles that came with Drydock, then those that this station's administrator put into its data folder. None takes an id or a
 * USB id from another: whatever the order, that is refused and never a silent override.
 *
 * Refuses with `device.profile-invalid` or `device.profile-overlap`, which name the file; throws where a folder cannot be read.
 */
export function loadProfiles(folders: {
  readonly shipped: string;
  readonly station?: string;
}): Result<ProfileRegistry> {
  const shipped = readFolder(folders.shipped, 'shipped');
  if (!shipped.ok) return shipped;
  if (folders.station === undefined || !existsSync(folders.station)) return register(shipped.value);
  const own = readFolder(folders.station, 'station');
  if (!own.ok) {
    return refuse(own.code, `${own.reason} Correct or remove it; the folder is ${folders.station}.`, own.detail);
  }
  return register([...shipped.value, ...own.value]);
}

function register(sourced: readonly SourcedProfile[]): Result<ProfileRegistry> {
  return ProfileRegistry.create(
    sourced.map(({ profile }) => profile),
    sourced.map(({ source }) => source),
  );
}

function readFolder(folder: string, kind: FileSource['kind']): Result<readonly SourcedProfile[]> {
  const profiles: SourcedProfile[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    const bytes = readFileSync(join(folder, file));
    const profile = parseProfile(bytes, file);
    if (!profile.ok) return profile;
    profiles.push({ profile: profile.value, source: { kind, file, sha256: sha256Hex(bytes) } });
  }
  return accept(profiles);
}
