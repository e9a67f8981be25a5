import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ImageDelta } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import { checkBase, reconstruct } from '../delta/apply-delta.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { errnoOf } from '../storage-fault.ts';

export interface DeltaPlan {
  /** File name under `deltas/`. */
  readonly name: string;
  /** The whole new image, and the one that units and stations have. */
  readonly imagePath: string;
  readonly basePath: string;
  /** Release that the base came in, for people. */
  readonly baseRelease?: string;
}

export interface MadeDelta {
  readonly delta: ImageDelta;
  readonly bytes: Buffer;
}

const compress = promisify(zstdCompress);

/**
 * Makes the delta from one image to another, and applies it again to see that it leads there. The same images give the same
 * bytes, as long as the runtime brings the same zstd.
 *
 * Refuses `bundle.file-unreadable`, `bundle.delta-too-large`, `bundle.delta-base-unsuitable`.
 */
export async function makeDelta({ name, imagePath, basePath, baseRelease }: DeltaPlan): Promise<Result<MadeDelta>> {
  const image = await readBounded(imagePath, BUNDLE_LIMITS.deltaResultBytes);
  if (!image.ok) return image;
  const base = await readBounded(basePath, BUNDLE_LIMITS.deltaBaseBytes);
  if (!base.ok) return base;
  const file = `deltas/${name}`;
  const unsuitable = checkBase(file, base.value);
  if (unsuitable) return unsuitable;
  const bytes = await compress(image.value, {
    pledgedSrcSize: image.value.length,
    dictionary: base.value,
    params: settingsFor(base.value.length + image.value.length),
  });
  if (bytes.length > BUNDLE_LIMITS.deltaBytes) return refuseSize(file, bytes.length, BUNDLE_LIMITS.deltaBytes);
  const again = await reconstruct({ file, base: base.value, delta: bytes, lenBytes: image.value.length });
  if (!again.ok) return again;
  if (!again.value.equals(image.value)) throw new Error(`${file} does not lead to ${imagePath}`);
  const delta: ImageDelta = {
    algorithm: 'zstd-dictionary',
    file,
    len: bytes.length,
    hash: sha256Hex(bytes),
    base: {
      hash: sha256Hex(base.value),
      len: base.value.length,
      ...(baseRelease === undefined ? {} : { release: baseRelease }),
    },
  };
  return accept({ delta, bytes });
}

/** The window reaches over base and image, and zstd's tables remember all of it: otherwise it would forget the base's start. */
function settingsFor(totalBytes: number): Record<number, number> {
  const windowLog = clamp(Math.ceil(Math.log2(totalBytes)), 10, 27);
  return {
    [constants.ZSTD_c_compressionLevel]: 19,
    [constants.ZSTD_c_windowLog]: windowLog,
    [constants.ZSTD_c_hashLog]: clamp(windowLog - 1, 22, 25),
    [constants.ZSTD_c_chainLog]: clamp(windowLog, 24, 26),
    [constants.ZSTD_c_contentSizeFlag]: 1,
    [constants.ZSTD_c_checksumFlag]: 0,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

async function readBounded(path: string, limit: number): Promise<Result<Buffer>> {
  try {
    const { size } = await stat(path);
    return size > limit ? refuseSize(path, size, limit) : accept(await readFile(path));
  } catch (error) {
    const errno = errnoOf(error);
    return refuse('bundle.file-unreadable', `The image ${path} cannot be read (${errno}).`, { path, errno });
  }
}

function refuseSize(file: string, lenBytes: number, limit: number): Result<never> {
  const reason = `${file} is ${lenBytes} bytes long, at most ${limit} are allowed for a delta: give the whole image instead.`;
  return refuse('bundle.delta-too-large', reason, { file, lenBytes, limit });
}
