import assert from 'node:assert/strict';
import { accept } from '../../../contract/result.ts';
import { imageKeySpki, signedParts } from '../../helpers/signed-bundle.ts';
import { bundleParts, imageFor, manifestFor, mcubootFixture, sha256Of } from '../../helpers/test-bundle.ts';
import { testSigner } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import { readZipParts } from '../engine/mutate/read-zip-parts.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { ImportBench } from '../support/import-bench.ts';

const bench = new ImportBench({
  verifySignature: () => accept([testSigner()]),
  rulesFor: () =>
    accept({
      threshold: 1,
      anchors: null,
      revocation: null,
      imageKeys: ['root-ec-p256', 'root-ed25519'].map(imageKeySpki),
    }),
});
const raw = Buffer.from('raw image');
const signed = mcubootFixture('ed25519');

/**
 * The import with a signature check that says yes to everything, so that mutations reach what comes after it. An accepted bundle is
 * what its manifest says, and the manifest is the one that an independent reader of the archive finds.
 */
export const target: FuzzTarget = {
  seeds: () => [
    zipBytes(signedParts('p256')),
    zipBytes(bundleParts(manifestFor([imageFor(raw)]), { 'images/app.bin': raw })),
    zipBytes(
      bundleParts(manifestFor([imageFor(signed, { format: 'mcuboot' })]), { 'images/app.bin': signed }).map((part) => ({
        ...part,
        deflate: true,
        descriptor: 'signed' as const,
      })),
    ),
  ],
  shapes: ['zip'],
  dictionary: ['mcuboot', 'raw', 'images/app.bin', 'ecdsa-p256-sha256', 'ed25519'],
  maxLenBytes: 32 * 1024,
  async run(input) {
    const bundle = await bench.import(input);
    if (bundle === null) return;
    const parts = new Map(readZipParts(input).map(({ name, data }) => [Buffer.from(name).toString('latin1'), data]));
    const manifest = parts.get('manifest.json') ?? Buffer.alloc(0);
    assert.equal(bundle.digest, sha256Of(manifest), 'two readers see two manifests');
    assert.deepEqual(bundle.manifest, JSON.parse(Buffer.from(manifest).toString('utf8')));
    for (const { file, hash, len } of bundle.manifest.images) {
      const image = parts.get(file) ?? Buffer.alloc(0);
      assert.deepEqual([image.length, sha256Of(image)], [len, hash], 'two readers see two images');
    }
  },
};
