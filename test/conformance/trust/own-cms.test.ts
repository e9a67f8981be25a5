import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid } from '../../../core/trust/oid.ts';
import { verifyCms } from '../../../core/trust/verify-cms.ts';
import { outcomeOf, type OwnVector, readOwnVectors, titleOf } from './own-vectors.ts';

interface CmsVector extends OwnVector {
  readonly cms: string;
  readonly content: string;
  readonly roots: readonly string[];
  readonly crls: readonly string[];
  readonly threshold?: number;
}

const { vectors, bytesOf } = readOwnVectors<CmsVector>('cms.json');

function check({ cms, content, roots, crls, at, threshold, expect }: CmsVector): void {
  const result = verifyCms({
    cms: bytesOf(cms),
    content: bytesOf(content),
    rootsDer: roots.map(bytesOf),
    crlsDer: crls.map(bytesOf),
    at: new Date(at),
    eku: oid.codeSigning,
    ...(threshold === undefined ? {} : { threshold }),
  });
  const { code, reason } = outcomeOf(result);
  assert.equal(code, expect, reason);
}

for (const vector of vectors) {
  if (vector.threshold === undefined) test(`REQ-OTA-SIG-01 ${titleOf(vector)}`, () => check(vector));
  else test(`REQ-OTA-SIG-03 ${titleOf(vector)}`, () => check(vector));
}

test('REQ-OTA-SIG-01 has for every refused message an accepted neighbour to compare it with', () => {
  const accepted = new Set(vectors.filter(({ expect }) => expect === 'accept').map(({ name }) => name));
  for (const { name, expect, near } of vectors) {
    if (expect !== 'accept') assert.ok(near !== undefined && accepted.has(near), name);
  }
  assert.ok(vectors.length >= 60);
});
