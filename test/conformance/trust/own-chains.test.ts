import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid } from '../../../core/trust/oid.ts';
import { verifyChain } from '../../../core/trust/verify-chain.ts';
import { outcomeOf, type OwnVector, readOwnVectors, titleOf } from './own-vectors.ts';

interface ChainVector extends OwnVector {
  readonly leaf: string;
  readonly intermediates: readonly string[];
  readonly roots: readonly string[];
  readonly crls: readonly string[];
  readonly eku?: string;
  readonly maxDepth?: number;
  readonly requireEku?: boolean;
  readonly requireKu?: boolean;
  readonly allowCaLeaf?: boolean;
}

const { vectors, bytesOf } = readOwnVectors<ChainVector>('chains.json');

for (const vector of vectors) {
  const { leaf, intermediates, roots, crls, at, eku, maxDepth, requireEku, requireKu, allowCaLeaf } = vector;
  test(`REQ-OTA-SIG-02 ${titleOf(vector)}`, () => {
    const result = verifyChain({
      leafDer: bytesOf(leaf),
      intermediatesDer: intermediates.map(bytesOf),
      rootsDer: roots.map(bytesOf),
      crlsDer: crls.map(bytesOf),
      at: new Date(at),
      eku: eku ?? oid.codeSigning,
      ...(maxDepth === undefined ? {} : { maxDepth }),
      ...(requireEku === undefined ? {} : { requireEku }),
      ...(requireKu === undefined ? {} : { requireKu }),
      ...(allowCaLeaf === undefined ? {} : { allowCaLeaf }),
    });
    const { code, reason } = outcomeOf(result);
    assert.equal(code, vector.expect, reason);
  });
}

test('REQ-OTA-SIG-02 has for every refused chain an accepted neighbour to compare it with', () => {
  const accepted = new Set(vectors.filter(({ expect }) => expect === 'accept').map(({ name }) => name));
  for (const { name, expect, near } of vectors) {
    if (expect !== 'accept') assert.ok(near !== undefined && accepted.has(near), name);
  }
  assert.ok(vectors.length >= 150);
});
