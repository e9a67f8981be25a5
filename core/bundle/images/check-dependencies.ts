import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { isVersionSufficient } from '../../mcuboot/image-dependency.ts';
import type { ImageDependency } from '../../mcuboot/image-dependency.ts';
import { formatImageVersion } from '../../mcuboot/image-header.ts';
import { parseMcubootImage } from '../../mcuboot/parse-image.ts';
import type { McubootImage } from '../../mcuboot/parse-image.ts';
import { tryOnDisk } from '../storage-fault.ts';
import { withFileReader } from './file-reader.ts';

/** An image whose hash and signature were verified, and where it lies. */
export interface VerifiedImageFile {
  readonly image: ManifestImage;
  readonly path: string;
}

/** An image of the manifest with what its file says. */
export interface ReadImage {
  readonly image: ManifestImage;
  readonly mcuboot: McubootImage;
}

/** Reads header and TLVs of each MCUboot image, a few hundred bytes, and checks what they depend on. Refuses as {@link checkImageDependencies}, `mcuboot.…` and `station.…`. */
export function checkDependencies(files: readonly VerifiedImageFile[]): Result<void> {
  const images: ReadImage[] = [];
  for (const { image, path } of files.filter((file) => file.image.format === 'mcuboot')) {
    const parsed = tryOnDisk(() => withFileReader(path, image.len, parseMcubootImage));
    if (!parsed.ok) return parsed;
    if (!parsed.value.ok) return parsed.value;
    images.push({ image, mcuboot: parsed.value.value });
  }
  return checkImageDependencies(images) ?? accept(undefined);
}

/**
 * A boot loader installs an image only where the images that it depends on are there in the versions that it asks for
 * (`boot_verify_slot_dependency`); otherwise it boots the old one and says nothing. So the bundle itself must hold them, for
 * every hardware that the image is made for. Refuses `bundle.image-dependency`.
 */
export function checkImageDependencies(images: readonly ReadImage[]): Refusal | null {
  for (const { image, mcuboot } of images) {
    for (const dependency of mcuboot.dependencies) {
      for (const hardware of image.compat) {
        const refusal = checkOne(image, dependency, hardware, images);
        if (refusal) return refusal;
      }
    }
  }
  return null;
}

function checkOne(
  image: ManifestImage,
  { imageIndex, minVersion }: ImageDependency,
  hardware: string,
  images: readonly ReadImage[],
): Refusal | null {
  const wanted = `${image.file} depends on image ${imageIndex} in version ${formatImageVersion(minVersion)} or newer`;
  const detail = { file: image.file, index: imageIndex, hardware, minVersion: formatImageVersion(minVersion) };
  const [found, ...others] = images.filter(
    (other) => (other.image.index ?? 0) === imageIndex && other.image.compat.includes(hardware),
  );
  if (found === undefined || others.length > 0) {
    const seen = found === undefined ? 'none' : `${others.length + 1} of that number`;
    const reason = `${wanted}; for hardware ${hardware} the bundle holds ${seen}: manifest.json gives each image's number as index.`;
    return refuse('bundle.image-dependency', reason, detail);
  }
  if (isVersionSufficient(found.mcuboot.header.versionNumbers, minVersion)) return null;
  const reason = `${wanted}; for hardware ${hardware} the bundle holds ${found.image.file} in version ${found.mcuboot.version}.`;
  return refuse('bundle.image-dependency', reason, { ...detail, version: found.mcuboot.version });
}
