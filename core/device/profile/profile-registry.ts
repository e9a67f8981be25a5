import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { UsbModes } from './fields.ts';
import { parseProfile } from './parse-profile.ts';
import type { DeviceProfile } from './profile.ts';

/** The profile that claims a USB id, and the mode in which a unit has that id. */
export interface ProfileClaim {
  readonly profile: DeviceProfile;
  readonly mode: 'runtime' | 'dfu';
}

/** The profiles of this station. No USB id belongs to two of them. */
export class ProfileRegistry {
  readonly profiles: readonly DeviceProfile[];
  readonly #claims: ReadonlyMap<string, ProfileClaim>;

  private constructor(profiles: readonly DeviceProfile[], claims: ReadonlyMap<string, ProfileClaim>) {
    this.profiles = profiles;
    this.#claims = claims;
  }

  /** Refuses with `device.profile-overlap` where two profiles have one id, or claim one USB id: the choice would be a guess. */
  static create(profiles: readonly DeviceProfile[]): Result<ProfileRegistry> {
    const claims = new Map<string, ProfileClaim>();
    const ids = new Set<string>();
    for (const profile of profiles) {
      if (ids.has(profile.id)) {
        return refuse('device.profile-overlap', `Two device profiles have the id ${profile.id}.`);
      }
      ids.add(profile.id);
      const modes: UsbModes = profile.usb;
      for (const mode of ['runtime', 'dfu'] as const) {
        const match = modes[mode];
        if (match === undefined) continue;
        const usbId = formatUsbId(match.vendorId, match.productId);
        const other = claims.get(usbId);
        if (other !== undefined) {
          return refuse(
            'device.profile-overlap',
            `The device profiles ${other.profile.id} and ${profile.id} both claim USB id ${usbId}.`,
            { usbId },
          );
        }
        claims.set(usbId, { profile, mode });
      }
    }
    return accept(new ProfileRegistry(profiles, claims));
  }

  claim(vendorId: number, productId: number): ProfileClaim | null {
    return this.#claims.get(formatUsbId(vendorId, productId)) ?? null;
  }
}

/** Reads every `*.json` of a folder. Refuses with `device.profile-invalid` or `device.profile-overlap`; throws where the folder cannot be read. */
export function loadProfiles(folder: string): Result<ProfileRegistry> {
  const profiles: DeviceProfile[] = [];
  for (const fileName of readdirSync(folder).sort()) {
    if (!fileName.endsWith('.json')) continue;
    const profile = parseProfile(readFileSync(join(folder, fileName)), fileName);
    if (!profile.ok) return profile;
    profiles.push(profile.value);
  }
  return ProfileRegistry.create(profiles);
}

/** `1209:0001`, as lsusb writes it. */
export function formatUsbId(vendorId: number, productId: number): string {
  return `${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`;
}
