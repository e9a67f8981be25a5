import { join } from 'node:path';
import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Archive } from '../archive/archive-reader.ts';
import type { VerifiedFile } from '../bundle-store.ts';
import { waitForDisk } from '../storage-fault.ts';
import { writeNewFile } from '../write-file.ts';
import { checkProfiles, type ProfileFile } from './check-profile.ts';
import type { ListedProfile } from './match-profiles.ts';

/** Reads a bundle's profiles out of its archive: at most 16 of at most 64 KiB. Refuses as the archive does. */
export async function readProfiles(
  archive: Archive,
  listed: readonly ListedProfile[],
): Promise<Result<readonly ProfileFile[]>> {
  const files: ProfileFile[] = [];
  for (const { listed: profile, entry } of listed) {
    const bytes = await archive.readSmall(entry);
    if (!bytes.ok) return bytes;
    files.push({ listed: profile, bytes: bytes.value });
  }
  return accept(files);
}

/**
 * Checks a bundle's profiles and copies them into quarantine. Refuses as `readProfiles` and `checkProfiles`, and with
 * `station.disk-full`, `station.storage-failed`.
 */
export async function receiveProfiles(
  archive: Archive,
  listed: readonly ListedProfile[],
  product: string,
  folder: string,
): Promise<Result<readonly VerifiedFile[]>> {
  const files = await readProfiles(archive, listed);
  if (!files.ok) return files;
  const checked = checkProfiles(files.value, product);
  if (!checked.ok) return checked;
  const received: VerifiedFile[] = [];
  for (const [index, { listed: profile, bytes }] of files.value.entries()) {
    const path = join(folder, `profile-${index}`);
    const written = await waitForDisk(writeNewFile(path, bytes));
    if (!written.ok) return written;
    received.push({ path, sha256: profile.hash });
  }
  return accept(received);
}
