import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { toImageReader } from '../../mcuboot/image-source.ts';
import { verifyMcubootHash } from '../../mcuboot/verify-hash.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { readWholeEntry } from '../archive/entry-data.ts';
import type { ListedImage } from '../check-manifest.ts';
import { checkDeltaFrame } from '../delta/apply-delta.ts';
import { verifyImage } from '../images/verify-image.ts';

/** Inspection reads an image into memory; an MCUboot slot is far smaller than this. */
const LONGEST_INSPECTED_BYTES = 64 << 20;

/**
 * Checks an image as `verifyImage` does where the boot loader's keys are given, an MCUboot image's form and hash otherwise.
 * A larger image than 64 MiB passes here: its length and hash were checked, the station checks the rest. So does
 * a delta, once it is one whole frame: what it leads to can be seen with its base only.
 */
export async function inspectImage(
  archive: Archive,
  { image, entry }: ListedImage,
  imageKeys: readonly Uint8Array[] | null,
): Promise<Result<void>> {
  if (image.len > LONGEST_INSPECTED_BYTES) return accept(undefined);
  const bytes = await readWholeEntry(archive.file, entry);
  if (!bytes.ok) return bytes;
  if (image.delta) return checkDeltaFrame(image.delta.file, bytes.value, image.len);
  const reader = toImageReader(bytes.value);
  if (imageKeys !== null) return verifyImage(reader, image, imageKeys);
  if (image.format !== 'mcuboot') return accept(undefined);
  const hashed = verifyMcubootHash(reader);
  return hashed.ok ? accept(undefined) : hashed;
}
