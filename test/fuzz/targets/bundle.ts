import assert from 'node:assert/strict';
import { fixtureManifest, readFixtureManifest, signedParts, trustingPorts } from '../../helpers/signed-bundle.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { ImportBench } from '../support/import-bench.ts';

const bench = new ImportBench(trustingPorts());
const digest = sha256Of(fixtureManifest);
const signatures = ['p256', 'ed25519', 'rsa-pss', 'two-signers', 'stranger', 'other-content'];

/** The whole import of mutated signed bundles: refused without a trace, or the very bundle that was signed. */
export const target: FuzzTarget = {
  seeds: () => [
    ...signatures.map((signature) => zipBytes(signedParts(signature))),
    zipBytes(signedParts('p256').map((part) => ({ ...part, deflate: true, descriptor: 'signed' as const }))),
  ],
  shapes: ['zip'],
  maxLenBytes: 32 * 1024,
  async run(input) {
    const bundle = await bench.import(input);
    if (bundle === null) return;
    assert.equal(bundle.digest, digest, 'another manifest was accepted');
    assert.deepEqual(bundle.manifest, readFixtureManifest());
  },
};
