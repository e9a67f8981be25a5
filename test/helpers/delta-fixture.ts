import { readFileSync } from 'node:fs';
import type { ManifestImage } from '../../contract/schema/bundle.ts';
import { imageFor, sha256Of } from './test-bundle.ts';

const fixtures = new URL('../fixtures/', import.meta.url);

/** A delta that Debian's `zstd --patch-from` made (test/fixtures/delta). */
export function deltaFixture(name: string): Buffer {
  return readFileSync(new URL(`delta/${name}`, fixtures));
}

/** A real Zephyr image without its MCUboot header, so that it passes as a raw one. */
export const baseImage: Buffer = readFileSync(
  new URL('mcuboot/images/zephyr-main-mps2_an385.signed.bin', fixtures),
).subarray(32);

/** The edit that make-deltas.sh makes of it. */
export const newImage: Buffer = Buffer.concat([
  baseImage.subarray(0, 40_000),
  Buffer.from('a new line.\n'),
  Buffer.from(baseImage.subarray(40_000).map((byte) => (byte === 0o300 ? 0o301 : byte))),
]);

/** An entry of `images` for `result`, which comes as `delta` from `base`. */
export function deltaImageFor(
  result: Uint8Array,
  delta: Uint8Array,
  base: Uint8Array,
  changes: Partial<ManifestImage> = {},
): ManifestImage {
  const file = 'deltas/app.bin';
  return imageFor(result, {
    delta: {
      algorithm: 'zstd-dictionary',
      file,
      len: delta.length,
      hash: sha256Of(delta),
      base: { hash: sha256Of(base), len: base.length, release: '1.2.2' },
    },
    ...changes,
  });
}
