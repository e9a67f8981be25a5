import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { ManifestProfile } from '../../../contract/schema/bundle.ts';
import { parseProfile } from '../../device/profile/parse-profile.ts';
import { ProfileRegistry } from '../../device/profile/profile-registry.ts';
import type { DeviceProfile } from '../../device/profile/profile.ts';
import { findRomLoader } from '../../device/profile/rom-usb-ids.ts';
import { listUsbIds } from '../../device/profile/usb-claims.ts';
import { sha256Hex } from '../../digest.ts';
import { PROFILE_FOLDER } from '../archive/entry-name.ts';

/** A device profile of a bundle: where it is listed, and its bytes. */
export interface ProfileFile {
  readonly listed: ManifestProfile;
  readonly bytes: Uint8Array;
}

/**
 * Checks a bundle's device profile: SHA-256 (REQ-OTA-MAN-02), the strict form of every profile, the bundle's product, and what a
 * bundle may say at all. Asked at import and each time that stored bytes are read again. Refuses `bundle.profile-hash`,
 * `device.profile-invalid`, `bundle.profile-product`, `bundle.profile-unsafe`.
 */
export function checkProfile({ listed, bytes }: ProfileFile, product: string): Result<DeviceProfile> {
  const { file, hash } = listed;
  const found = sha256Hex(bytes);
  if (found !== hash) {
    const reason = `${file} has the SHA-256 ${found}, manifest.json says ${hash}.`;
    return refuse('bundle.profile-hash', reason, { file, hash: found, expected: hash });
  }
  const profile = parseProfile(bytes, file.slice(PROFILE_FOLDER.length));
  if (!profile.ok) return profile;
  if (profile.value.product !== product) {
    const reason = `The device profile ${file} is for units of ${profile.value.product}, the bundle is for ${product}.`;
    return refuse('bundle.profile-product', reason, { file, product: profile.value.product, expected: product });
  }
  return checkMayTravel(profile.value, file) ?? profile;
}

/**
 * Checks all of a bundle's profiles, also against each other. Refuses as `checkProfile`, and with `device.profile-overlap` where two
 * have one id or claim one USB id.
 */
export function checkProfiles(files: readonly ProfileFile[], product: string): Result<readonly DeviceProfile[]> {
  const profiles: DeviceProfile[] = [];
  for (const file of files) {
    const profile = checkProfile(file, product);
    if (!profile.ok) return profile;
    profiles.push(profile.value);
  }
  const sources = files.map(({ listed }) => ({ kind: 'file', file: listed.file, sha256: listed.hash }) as const);
  const together = ProfileRegistry.create(profiles, sources);
  return together.ok ? accept(profiles) : together;
}

/**
 * What a bundle may not say of a unit, whoever signed and approved it. A profile for a ROM boot loader names words of the option bytes
 * and ranges that are erased: a wrong one can lock or blank a part for good, and the USB id of a ROM is that of every product around
 * the part, also of other vendors'. Only who sets up the station may say such things. Refuses `bundle.profile-unsafe`.
 */
export function checkMayTravel(profile: DeviceProfile, file: string): Refusal | null {
  if (profile.scheme !== 'drydock-info' && profile.scheme !== 'mcuboot') {
    const reason = `The device profile ${file} is of the scheme ${profile.scheme}, which writes to a ROM boot loader; such a profile is put into the station's data folder by its administrator.`;
    return refuse('bundle.profile-unsafe', reason, { file, scheme: profile.scheme });
  }
  for (const usbId of listUsbIds(profile)) {
    const loader = findRomLoader(usbId);
    if (loader === null) continue;
    const reason = `The device profile ${file} claims USB id ${usbId}, which is that of the ROM boot loader in every ${loader}; such a profile is put into the station's data folder by its administrator.`;
    return refuse('bundle.profile-unsafe', reason, { file, usbId });
  }
  return null;
}
