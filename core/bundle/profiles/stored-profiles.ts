import type { Result } from '../../../contract/result.ts';
import { MAX_PROFILE_BYTES, type ManifestProfile } from '../../../contract/schema/bundle.ts';
import type { DeviceProfile } from '../../device/profile/profile.ts';
import type { BundleStore } from '../bundle-store.ts';
import { checkProfile } from './check-profile.ts';

/**
 * Reads a device profile of an imported bundle from the store, hashed and checked anew. Refuses `bundle.stored-missing`,
 * `bundle.stored-damaged`, `station.storage-failed`, or as `checkProfile`.
 */
export async function readStoredProfile(
  listed: ManifestProfile,
  product: string,
  store: BundleStore,
): Promise<Result<DeviceProfile>> {
  const bytes = await store.read({ sha256: listed.hash, lenBytes: listed.len }, MAX_PROFILE_BYTES);
  return bytes.ok ? checkProfile({ listed, bytes: bytes.value }, product) : bytes;
}
