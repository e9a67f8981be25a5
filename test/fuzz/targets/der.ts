import assert from 'node:assert/strict';
import { readDer } from '../../../core/trust/der/read-der.ts';
import { readStrictly } from '../../../core/trust/der/read-strictly.ts';
import { readDerTrees, writeDerTrees } from '../engine/mutate/der-tree.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { cmsFiles, derFiles, derWords } from '../support/trust-files.ts';

const limits = { maxLenBytes: 16 * 1024, maxDepth: 24, maxNodes: 2_000 };

/** What is accepted is the one encoding of its value: taken apart and written anew, it is the same bytes. */
export const target: FuzzTarget = {
  seeds: () => [...derFiles('certs').slice(0, 8), ...cmsFiles().slice(0, 4), Buffer.from('3080020101', 'hex')],
  shapes: ['der'],
  dictionary: derWords,
  run(input) {
    const node = readStrictly('trust.certificate-malformed', 'The value', () => readDer(input, limits));
    checkRefusal(node);
    if (!node.ok) return;
    assert.deepEqual(Buffer.from(node.value.raw), Buffer.from(input));
    const trees = readDerTrees(input);
    assert.equal(trees?.length, 1, 'it is not one value');
    assert.deepEqual(writeDerTrees(trees), Buffer.from(input), 'it is not the shortest encoding');
  },
};
