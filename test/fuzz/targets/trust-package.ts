import assert from 'node:assert/strict';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { readTrustPackage } from '../../../core/trust/package/read-package.ts';
import { verifyFirstPackage, verifyNextPackage } from '../../../core/trust/package/verify-package.ts';
import { judgedAt, packageFiles, readPackage } from '../../unit/trust/package/fixtures.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const names = ['v1', 'v2', 'v3', 'v4', 'v2-crl'] as const;
const genuine = new Map(names.map((name) => [name, packageFiles(name)]));
const previous = readPackage('v1');
const signatures = [...genuine.values()].map(({ signature }) => signature);
const documents = new Set([...genuine.values()].map(({ document }) => Buffer.from(document).toString('latin1')));

/** Whatever the document says, no signature of a genuine package makes another one count; what is read keeps its meaning. */
export const target: FuzzTarget = {
  seeds: () => [...genuine.values()].map(({ document }) => document),
  shapes: ['json'],
  dictionary: [
    '"threshold":0',
    '"purpose":"timestamp"',
    '"purpose":"bundle"',
    '"version":2',
    'drydock-trust/1',
    '"*"',
    '1e0',
  ],
  run(input) {
    const read = readTrustPackage(input);
    checkRefusal(read);
    if (!read.ok) return;
    const said = JSON.parse(Buffer.from(input).toString('utf8')) as {
      version: number;
      threshold: number;
      anchors: unknown[];
    };
    assert.equal(
      canonicalJson([read.value.version, read.value.threshold, read.value.anchors.length]),
      canonicalJson([said.version, said.threshold, said.anchors.length]),
    );
    const isGenuine = documents.has(Buffer.from(input).toString('latin1'));
    for (const signature of signatures) {
      const files = { document: input, signature, crlsDer: [], at: judgedAt };
      for (const verified of [verifyNextPackage(files, previous), verifyFirstPackage(files, 0)]) {
        checkRefusal(verified);
        assert.ok(!verified.ok || isGenuine, 'nobody signed this trust package');
      }
    }
  },
};
