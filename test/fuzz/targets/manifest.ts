import assert from 'node:assert/strict';
import { parseManifest } from '../../../core/bundle/parse-manifest.ts';
import { fixtureManifest } from '../../helpers/signed-bundle.ts';
import { imageFor, manifestFor } from '../../helpers/test-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

/** What is accepted reads the same to any JSON reader, and says nothing that the format does not know. */
export const target: FuzzTarget = {
  seeds: () => [fixtureManifest, Buffer.from(JSON.stringify(manifestFor([imageFor(Buffer.from('image'))])))],
  shapes: ['json'],
  dictionary: [
    '"images"',
    '"sig"',
    '"compat"',
    'drydock-bundle/1',
    'drydock-bundle/2',
    '\\u0000',
    '1e400',
    '-0',
    'null',
  ],
  run(input) {
    const manifest = parseManifest(input);
    checkRefusal(manifest);
    if (manifest.ok) assert.deepEqual(manifest.value, JSON.parse(Buffer.from(input).toString('utf8')));
    else assert.equal(manifest.code, 'bundle.manifest-invalid');
  },
};
