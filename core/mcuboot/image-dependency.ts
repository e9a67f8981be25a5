import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { readImageVersion } from './image-header.ts';
import type { ImageVersion } from './image-header.ts';
import { viewOf } from './image-source.ts';
import { TlvType } from './image-tlv.ts';
import type { ImageTlv } from './image-tlv.ts';

/** One image needs another in at least this version, or the boot loader installs neither. */
export interface ImageDependency {
  /** MCUboot's number of the other image, from 0. */
  readonly imageIndex: number;
  readonly minVersion: ImageVersion;
}

/** MCUboot's `struct image_dependency`: image_id8, three bytes of padding, image_version. */
const DEPENDENCY_BYTES = 12;
const HIGHEST_INDEX = 15;

/**
 * Reads the dependency TLVs. The boot loader looks for them in the protected area only (`boot_verify_slot_dependencies`), so
 * one outside would be checked here and nowhere else. Refuses `mcuboot.dependency-invalid`.
 */
export function readDependencies(tlvs: readonly ImageTlv[]): Result<readonly ImageDependency[]> {
  const dependencies: ImageDependency[] = [];
  for (const { value, isProtected } of tlvs.filter(({ type }) => type === TlvType.dependency)) {
    if (!isProtected) return invalid('stands outside the protected TLVs');
    if (value.byteLength !== DEPENDENCY_BYTES) {
      return invalid(`is ${value.byteLength} bytes long instead of ${DEPENDENCY_BYTES}`);
    }
    const view = viewOf(value);
    const imageIndex = view.getUint8(0);
    if (imageIndex > HIGHEST_INDEX) return invalid(`names image ${imageIndex}, the highest is ${HIGHEST_INDEX}`);
    dependencies.push({ imageIndex, minVersion: readImageVersion(view, 4) });
  }
  return accept(dependencies);
}

/** As the boot loader compares by default: the build number is left out (`boot_compare_version`). */
export function isVersionSufficient(version: ImageVersion, least: ImageVersion): boolean {
  const order = (['major', 'minor', 'revision'] as const).map((part) => version[part] - least[part]);
  return (order.find((difference) => difference !== 0) ?? 0) >= 0;
}

function invalid(what: string): Result<never> {
  return refuse('mcuboot.dependency-invalid', `A dependency of the image ${what}.`);
}
