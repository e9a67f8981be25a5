import { refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import type { ArchiveFile } from '../archive/archive-file.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { findDamage } from '../archive/entry-data.ts';
import { rebuildImage } from '../delta/rebuild-image.ts';
import { tryOnDisk } from '../storage-fault.ts';
import { copyEntry } from './copy-entry.ts';
import type { CopyProgress } from './copy-entry.ts';
import { PassingHash } from './passing-hash.ts';
import { verifyImageFile } from './verify-image.ts';

/** One image to take out of an archive. Plain data, so that it can cross to a worker thread. */
export interface ImageToReceive {
  readonly file: ArchiveFile;
  readonly entry: LocatedEntry;
  readonly image: ManifestImage;
  /** The product's image keys, SubjectPublicKeyInfo in DER. */
  readonly imageKeys: readonly Uint8Array[];
  /** Path of the new file in quarantine. */
  readonly target: string;
  /** Of an image that comes as a delta: the file that holds its base. */
  readonly basePath?: string;
}

/**
 * Copies an image into quarantine and checks it: length and SHA-256 against the manifest (REQ-OTA-MAN-02), then all that
 * its boot loader will check (REQ-OTA-SIG-04). The bytes are read once; a second time only to tell a damaged
 * copy from another image. A delta is applied on the way, so that the same checks are made of its result (REQ-OTA-DLT-01).
 * Refuses as `copyEntry`, `rebuildImage` and `verifyImageFile`, and with `bundle.image-hash`, `bundle.archive-crc`.
 */
export async function receiveImage(request: ImageToReceive, progress: CopyProgress): Promise<Result<void>> {
  const { image, target } = request;
  const passing = PassingHash.ofImage(image, request.imageKeys);
  const hash = image.delta
    ? await rebuildImage(request, image.delta, progress)
    : await copyEntry(request.file, request.entry, target, progress, passing);
  if (!hash.ok) return hash;
  if (hash.value !== image.hash) {
    const damage = await findDamage(request.file, request.entry);
    if (damage) return damage;
    const reason = `${image.file} has the SHA-256 ${hash.value}, manifest.json says ${image.hash}.`;
    return refuse('bundle.image-hash', reason, { file: image.file, hash: hash.value, expected: image.hash });
  }
  const verified = tryOnDisk(() => verifyImageFile(target, image, request.imageKeys, passing.knownStart()));
  return verified.ok ? verified.value : verified;
}
