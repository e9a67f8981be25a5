import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid } from '../../../core/trust/oid.ts';
import { verifyChain } from '../../../core/trust/verify-chain.ts';
import { outcomeOf, type OwnVector, readOwnVectors, titleOf } from './own-vectors.ts';

interface ListPolicyVector extends OwnVector {
  readonly leaf: string;
  readonly intermediates: readonly string[];
  readonly roots: readonly string[];
  readonly crls: readonly string[];
  readonly requireCrl?: boolean;
  readonly maxCrlAgeMs?: number;
}

const { vectors, bytesOf } = readOwnVectors<ListPolicyVector>('list-policy.json');

for (const vector of vectors) {
  const { leaf, intermediates, roots, crls, at, requireCrl, maxCrlAgeMs } = vector;
  test(`REQ-OTA-SIG-02 ${titleOf(vector)}`, () => {
    const result = verifyChain({
      leafDer: bytesOf(leaf),
      intermediatesDer: intermediates.map(bytesOf),
      rootsDer: roots.map(bytesOf),
      crlsDer: crls.map(bytesOf),
      at: new Date(at),
      eku: oid.codeSigning,
      ...(requireCrl === undefined ? {} : { requireCrl }),
      ...(maxCrlAgeMs === undefined ? {} : { maxCrlAgeMs }),
    });
    const { code, reason } = outcomeOf(result);
    assert.equal(code, vector.expect, reason);
  });
}
