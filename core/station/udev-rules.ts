import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../contract/result.ts';
import { accept } from '../../contract/result.ts';
import { loadProfiles } from '../device/profile/load-profiles.ts';
import { writeUdevRules, type UdevRulesOptions } from '../device/udev-rules.ts';

export { installUdevRules } from '../device/udev-rules.ts';
export { udevReload } from '../device/access-hint.ts';

const shippedProfiles = fileURLToPath(new URL('../../resources/profiles/', import.meta.url));

/**
 * Rules for the profiles that come with Drydock and for those in `<data folder>/profiles`; `dataFolder` null leaves the latter
 * out. Needs no open station: an administrator of the machine is nobody's operator. Refuses with `device.profile-…`.
 */
export function makeUdevRules(dataFolder: string | null, options: UdevRulesOptions): Result<string> {
  const profiles = loadProfiles({
    shipped: shippedProfiles,
    ...(dataFolder === null ? {} : { station: join(dataFolder, 'profiles') }),
  });
  return profiles.ok ? accept(writeUdevRules(profiles.value, options)) : profiles;
}
