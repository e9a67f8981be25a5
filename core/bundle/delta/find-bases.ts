import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { ImageDelta, Manifest, ManifestImage } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import type { Sha256Hex } from '../../digest.ts';
import type { BundleStore } from '../bundle-store.ts';
import { errnoOf, refuseStorageFault } from '../storage-fault.ts';

/** A running image that is wanted from a unit: its first `lenBytes` bytes. */
export interface RunningImageAsk {
  /** Logical slot of the device profile. */
  readonly slot: string;
  /** Hardware that the image is for. */
  readonly compat: readonly string[];
  readonly lenBytes: number;
}

export interface UnitOnBench {
  readonly position: string;
  readonly serial: string;
}

/** What was read from a unit, in the order of what was asked. Nothing of it is believed before it is hashed. */
export interface RunningImages {
  readonly unit: UnitOnBench;
  readonly images: readonly Buffer[];
}

/** Reads running images from the one unit that an operator named, in one sitting. Refuses `device.…` and `update.…`. */
export type ReadRunningImages = (
  product: string,
  asks: readonly RunningImageAsk[],
  signal?: AbortSignal,
) => Promise<Result<RunningImages>>;

export interface BaseSources {
  readonly store: BundleStore;
  /** Null where no unit was named. */
  readonly readUnit: ReadRunningImages | null;
  /** Quarantine, for what a unit gave. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

export interface FoundBases {
  /** Base's SHA-256 → file that holds it. */
  readonly paths: ReadonlyMap<Sha256Hex, string>;
  /** The unit that was read, if one was. */
  readonly unit: UnitOnBench | null;
}

type Wanted = ManifestImage & { readonly delta: ImageDelta };

/**
 * Finds the base of every delta: in the store, whichever bundle brought it, or else on the unit that was named. A unit is asked
 * only for what the store lacks, and what it gives is a base only by its SHA-256.
 *
 * Refuses `bundle.delta-base-missing`, `bundle.delta-base-differs`, `bundle.stored-damaged`, `station.…`, or as the unit does.
 */
export async function findBases({ images, product }: Manifest, sources: BaseSources): Promise<Result<FoundBases>> {
  const paths = new Map<Sha256Hex, string>();
  const missing = new Map<Sha256Hex, Wanted>();
  for (const image of images) {
    if (!hasDelta(image) || paths.has(image.delta.base.hash)) continue;
    const stored = await findStored(image, sources);
    if (!stored.ok) return stored;
    if (stored.value) paths.set(image.delta.base.hash, sources.store.pathOf(image.delta.base.hash));
    else missing.set(image.delta.base.hash, image);
  }
  if (missing.size === 0) return accept({ paths, unit: null });
  const read = await readFromUnit(product.id, [...missing.values()], sources);
  if (!read.ok) return read;
  for (const [hash, path] of read.value.paths) paths.set(hash, path);
  return accept({ paths, unit: read.value.unit });
}

function hasDelta(image: ManifestImage): image is Wanted {
  return image.delta !== undefined;
}

/** False where the store does not hold the base, or holds a damaged one that the unit may stand in for. */
async function findStored({ delta }: Wanted, { store, readUnit }: BaseSources): Promise<Result<boolean>> {
  const { hash, len } = delta.base;
  if (!store.has(hash)) return readUnit === null ? refuseMissing(delta) : accept(false);
  const verified = await store.verify({ sha256: hash, lenBytes: len });
  if (verified.ok) return accept(true);
  return readUnit === null ? verified : accept(false);
}

async function readFromUnit(
  product: string,
  wanted: readonly Wanted[],
  { readUnit, folder, signal }: BaseSources,
): Promise<Result<FoundBases>> {
  if (readUnit === null) throw new Error('a base is missing and there is no unit to ask');
  const asks = wanted.map(({ slot, compat, delta }) => ({ slot, compat, lenBytes: delta.base.len }));
  const read = await readUnit(product, asks, signal);
  if (!read.ok) return read;
  const { unit, images } = read.value;
  const paths = new Map<Sha256Hex, string>();
  for (const [index, image] of wanted.entries()) {
    const bytes = images[index];
    const kept = bytes === undefined ? refuseMissing(image.delta) : await keepBase(image, bytes, unit, folder, index);
    if (!kept.ok) return kept;
    paths.set(image.delta.base.hash, kept.value);
  }
  return accept({ paths, unit });
}

async function keepBase(
  { slot, delta }: Wanted,
  bytes: Buffer,
  { position, serial }: UnitOnBench,
  folder: string,
  index: number,
): Promise<Result<string>> {
  const { base } = delta;
  const found = sha256Hex(bytes);
  if (bytes.length !== base.len || found !== base.hash) {
    const reason = `The unit ${serial} at position ${position} runs another image in slot ${slot} than ${nameBase(delta)}: the SHA-256 of its first ${base.len} bytes is ${found}.`;
    return refuse('bundle.delta-base-differs', reason, { position, serial, slot, found, expected: base.hash });
  }
  const path = join(folder, `base-${index}`);
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return refuseStorageFault(errnoOf(error));
    throw error;
  }
  return accept(path);
}

function nameBase({ file, base }: ImageDelta): string {
  return `the base of ${file}${base.release === undefined ? '' : `, which is of release ${base.release},`} ${base.hash}`;
}

function refuseMissing(delta: ImageDelta): Refusal {
  const { hash, len, release = null } = delta.base;
  const reason = `This station does not hold ${nameBase(delta)}: import the bundle that it came in, or name a unit that runs it.`;
  return refuse('bundle.delta-base-missing', reason, { file: delta.file, base: hash, lenBytes: len, release });
}
