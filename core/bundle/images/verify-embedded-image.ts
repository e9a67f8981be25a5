import { refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { sliceEmbeddedImage } from '../../mcuboot/embedded-image.ts';
import type { ImageReader } from '../../mcuboot/image-source.ts';
import { verifyMcubootHash, type HashedImage } from '../../mcuboot/verify-hash.ts';

/**
 * What a unit will say that it runs must stand in the file that is written to it, with the counter that the manifest states.
 * Refuses with `bundle.image-counter`, or as `sliceEmbeddedImage` and `verifyMcubootHash`.
 */
export function verifyEmbeddedImage(reader: ImageReader, offset: number, image: ManifestImage): Result<HashedImage> {
  const embedded = sliceEmbeddedImage(reader, offset);
  if (!embedded.ok) return embedded;
  const hashed = verifyMcubootHash(embedded.value);
  if (!hashed.ok) return hashed;
  const counter = hashed.value.image.securityCounter;
  if (counter === image.version) return hashed;
  const seen = counter === null ? 'no security counter' : `security counter ${counter}`;
  return refuse(
    'bundle.image-counter',
    `The MCUboot image in ${image.file} carries ${seen}, manifest.json says version ${image.version}.`,
    { file: image.file, counter, version: image.version },
  );
}
