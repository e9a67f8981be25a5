import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { UsbModes } from './fields.ts';
import { parseProfile } from './parse-profile.ts';
import type { DeviceProfile } from './profile.ts';

/** The profile that claims a USB id, and the mode in which a unit has that id. */
export interface ProfileClaim {
  readonly profile: DeviceProfile;
  readonly mode: 'runtime' | 'dfu';
}

/** The profiles of this station. No USB id belongs to two of them, but for those of ROM boot loaders, which say nothing of the product. */
export class ProfileRegistry {
  readonly profiles: readonly DeviceProfile[];
  readonly #claims: ReadonlyMap<string, readonly ProfileClaim[]>;

  private constructor(profiles: readonly DeviceProfile[], claims: ReadonlyMap<string, readonly ProfileClaim[]>) {
    this.profiles = profiles;
    this.#claims = claims;
  }

  /**
   * Refuses with `device.profile-overlap` where two profiles have one id, or claim one USB id: the choice would be a guess. Profiles
   * of different products may share the id of a ROM. Refuses with `device.profile-unknown` where a recovered unit would come up
   * under a profile that is not there.
   */
  static create(profiles: readonly DeviceProfile[]): Result<ProfileRegistry> {
    const claims = new Map<string, ProfileClaim[]>();
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
        const others = claims.get(usbId) ?? [];
        const other = others.find((candidate) => !maySharedIdBe(candidate, { profile, mode }));
        if (other !== undefined) {
          return refuse(
            'device.profile-overlap',
            `The device profiles ${other.profile.id} and ${profile.id} both claim USB id ${usbId}.`,
            { usbId },
          );
        }
        claims.set(usbId, [...others, { profile, mode }]);
      }
    }
    const orphan = findOrphan(profiles);
    return orphan ?? accept(new ProfileRegistry(profiles, claims));
  }

  /** Every profile that claims a USB id; more than one only for that of a ROM boot loader. */
  candidates(vendorId: number, productId: number): readonly ProfileClaim[] {
    return this.#claims.get(formatUsbId(vendorId, productId)) ?? [];
  }

  /** The one profile that claims a USB id; null where none does, or several do. */
  claim(vendorId: number, productId: number): ProfileClaim | null {
    const [claim, ...others] = this.candidates(vendorId, productId);
    return others.length === 0 ? (claim ?? null) : null;
  }

  /** The profile of this id; null where there is none. */
  find(id: string): DeviceProfile | null {
    return this.profiles.find((profile) => profile.id === id) ?? null;
  }
}

/** A ROM shows the same id in every product that is built around its part; the job's bundle then says which one it is. */
function maySharedIdBe(one: ProfileClaim, other: ProfileClaim): boolean {
  return isRom(one) && isRom(other) && one.profile.product !== other.profile.product;
}

/** The claim is for the boot loader in the part's ROM. */
export function isRom({ profile, mode }: ProfileClaim): boolean {
  return mode === 'dfu' && (profile.scheme === 'dfuse-dual-bank' || profile.scheme === 'bootstrap-only');
}

function findOrphan(profiles: readonly DeviceProfile[]): Refusal | null {
  for (const profile of profiles) {
    if (profile.scheme !== 'bootstrap-only') continue;
    const next = profiles.find(({ id }) => id === profile.becomes);
    if (next !== undefined && next.scheme !== 'bootstrap-only' && next.product === profile.product) continue;
    return refuse(
      'device.profile-unknown',
      `The device profile ${profile.id} is for units that come up as ${profile.becomes}; there is no such profile of the product ${profile.product}.`,
      { profile: profile.id, becomes: profile.becomes },
    );
  }
  return null;
}

/**
 * Reads every `*.json` of the folder of shipped profiles, and of one with the user's own where that exists. Refuses as
 * `parseProfile` and `ProfileRegistry.create`; throws where a folder cannot be read.
 */
export function loadProfiles(shipped: string, own: string | null = null): Result<ProfileRegistry> {
  const profiles: DeviceProfile[] = [];
  const folders = own !== null && existsSync(own) ? [shipped, own] : [shipped];
  for (const path of folders.flatMap((folder) => listProfiles(folder))) {
    const profile = parseProfile(readFileSync(path), basename(path));
    if (!profile.ok) return profile;
    profiles.push(profile.value);
  }
  return ProfileRegistry.create(profiles);
}

function listProfiles(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((fileName) => fileName.endsWith('.json'));
  return names.sort().map((fileName) => join(folder, fileName));
}

/** `1209:0001`, as lsusb writes it. */
export function formatUsbId(vendorId: number, productId: number): string {
  return `${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`;
}
