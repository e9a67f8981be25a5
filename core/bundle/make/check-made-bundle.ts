import { createHash } from 'node:crypto';
import { RefusalError, accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { openArchive } from '../archive/archive-reader.ts';
import { readEntryData } from '../archive/entry-data.ts';
import { MANIFEST_NAME } from '../archive/entry-name.ts';
import { checkContents } from '../check-manifest.ts';
import type { ListedImage } from '../check-manifest.ts';
import { archivedFile } from '../delta/archived-file.ts';
import { checkDocument } from '../documents/check-document.ts';
import { matchDocuments } from '../documents/match-documents.ts';
import { parseManifest } from '../parse-manifest.ts';
import { checkProfiles } from '../profiles/check-profile.ts';
import { matchProfiles } from '../profiles/match-profiles.ts';
import { readProfiles } from '../profiles/receive-profiles.ts';
import type { DeviceProfile } from '../../device/profile/profile.ts';

/** A bundle that was written and read back. */
export interface MadeBundle {
  /** SHA-256 of manifest.json: what approvals and reports will name. */
  readonly digest: string;
  readonly manifest: Manifest;
}

/** Reads a written bundle back as a station would, as far as that needs neither time nor trust. */
export async function checkMadeBundle(path: string): Promise<Result<MadeBundle>> {
  const archive = await openArchive(path);
  if (!archive.ok) return archive;
  try {
    const manifestBytes = await readManifest(archive.value);
    if (!manifestBytes.ok) return manifestBytes;
    const manifest = parseManifest(manifestBytes.value);
    if (!manifest.ok) return manifest;
    const images = checkContents(manifest.value, archive.value.entries);
    if (!images.ok) return images;
    for (const listed of images.value) {
      const checked = await checkImageHash(archive.value, listed);
      if (!checked.ok) return checked;
    }
    const documents = await checkDocuments(archive.value, manifest.value);
    if (!documents.ok) return documents;
    const profiles = await checkArchivedProfiles(archive.value, manifest.value);
    if (!profiles.ok) return profiles;
    return accept({ digest: sha256Hex(manifestBytes.value), manifest: manifest.value });
  } finally {
    archive.value.close();
  }
}

/** Refuses as `matchDocuments`, `checkDocument` and the archive do. */
async function checkDocuments(archive: Archive, manifest: Manifest): Promise<Result<void>> {
  const listed = matchDocuments(manifest, archive.entries);
  if (!listed.ok) return listed;
  for (const { document, entry } of listed.value) {
    const bytes = await archive.readSmall(entry);
    const checked = bytes.ok ? checkDocument(document, bytes.value) : bytes;
    if (!checked.ok) return checked;
  }
  return accept(undefined);
}

/** The bundle's device profiles. Refuses as `matchProfiles`, `checkProfiles` and the archive do. */
export async function checkArchivedProfiles(
  archive: Archive,
  manifest: Manifest,
): Promise<Result<readonly DeviceProfile[]>> {
  const listed = matchProfiles(manifest, archive.entries);
  if (!listed.ok) return listed;
  const files = await readProfiles(archive, listed.value);
  return files.ok ? checkProfiles(files.value, manifest.product.id) : files;
}

/** Refuses `bundle.manifest-missing`, or as the archive does. */
export function readManifest(archive: Archive): Promise<Result<Buffer>> {
  const entry = archive.entries.get(MANIFEST_NAME);
  if (entry) return archive.readSmall(entry);
  return Promise.resolve(refuse('bundle.manifest-missing', `The archive holds no ${MANIFEST_NAME}.`));
}

/** Hashes what the archive holds for an image. Refuses `bundle.image-hash`, `bundle.delta-hash`, or as `readEntryData` throws. */
export async function checkImageHash(archive: Archive, { image, entry }: ListedImage): Promise<Result<void>> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of readEntryData(archive.file, entry)) hash.update(chunk);
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
  const found = hash.digest('hex');
  const { file, hash: expected } = archivedFile(image);
  if (found === expected) return accept(undefined);
  const reason = `${file} has the SHA-256 ${found}, manifest.json says ${expected}.`;
  return refuse(image.delta ? 'bundle.delta-hash' : 'bundle.image-hash', reason, { file, hash: found, expected });
}
