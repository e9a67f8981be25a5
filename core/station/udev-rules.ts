import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../contract/result.ts';
import { accept } from '../../contract/result.ts';
import { loadProfiles, ProfileRegistry } from '../device/profile/profile-registry.ts';
import { writeUdevRules, type UdevRulesOptions } from '../device/udev-rules.ts';

export { installUdevRules } from '../device/udev-rules.ts';
export { udevReload } from '../device/access-hint.ts';

const shippedProfiles = fileURLToPath(new URL('../../resources/profiles/', import.meta.url));

/**
 * Rules for the profiles that come with Drydock and for those in `<data folder>/profiles`; `dataFolder` null leaves the latter
 * out. Needs no open station: an administrator of the machine is nobody's operator. Refuses with `device.profile-…`.
 */
export function makeUdevRules(dataFolder: string | null, options: UdevRulesOptions): Result<string> {
  const shipped = loadProfiles(shippedProfiles);
  if (!shipped.ok) return shipped;
  const userFolder = dataFolder === null ? null : join(dataFolder, 'profiles');
  if (userFolder === null || !existsSync(userFolder)) return accept(writeUdevRules(shipped.value, options));
  const own = loadProfiles(userFolder);
  if (!own.ok) return own;
  const all = ProfileRegistry.create([...shipped.value.profiles, ...own.value.profiles]);
  return all.ok ? accept(writeUdevRules(all.value, options)) : all;
}
