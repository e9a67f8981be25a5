import assert from 'node:assert/strict';
import test from 'node:test';
import * as v from 'valibot';
import {
  completeNodes,
  computeRoot,
  buildConsistencyProof,
  buildInclusionProof,
} from '../../../core/audit/merkle-nodes.ts';
import { hashLeaf, verifyConsistency, verifyInclusion, type MerkleHash } from '../../../core/audit/merkle-tree.ts';
import { Base64Bytes, BigText, HexBytes, Proof, readVectors } from './read-vectors.ts';

const InclusionCases = v.object({
  cases: v.array(
    v.object({
      name: v.string(),
      leafIdx: BigText,
      treeSize: BigText,
      root: Base64Bytes,
      leafHash: Base64Bytes,
      proof: Proof,
      wantErr: v.boolean(),
    }),
  ),
});

const ConsistencyCases = v.object({
  cases: v.array(
    v.object({
      name: v.string(),
      size1: BigText,
      size2: BigText,
      root1: Base64Bytes,
      root2: Base64Bytes,
      proof: Proof,
      wantErr: v.boolean(),
    }),
  ),
});

const ReferenceTree = v.object({
  leaves: v.array(HexBytes),
  leafHashes: v.array(HexBytes),
  roots: v.array(v.object({ treeSize: v.number(), root: HexBytes })),
  inclusion: v.array(v.object({ leafIndex: v.number(), treeSize: v.number(), proof: v.array(HexBytes) })),
  consistency: v.array(v.object({ size1: v.number(), size2: v.number(), proof: v.array(HexBytes) })),
});

const inclusion = readVectors('inclusion-proofs.json', InclusionCases, ['leafIdx', 'treeSize']).cases;
const consistency = readVectors('consistency-proofs.json', ConsistencyCases, ['size1', 'size2']).cases;
const tree = readVectors('rfc6962-reference-tree.json', ReferenceTree);

test('REQ-OTA-AUD-01 judges every inclusion proof of transparency-dev/merkle as it does', () => {
  assert.equal(inclusion.length, 98);
  assert.ok(
    inclusion.some(({ leafIdx }) => leafIdx === 2n ** 64n - 1n),
    'sizes are read without loss',
  );
  for (const { name, leafIdx, treeSize, root, leafHash, proof, wantErr } of inclusion) {
    assert.equal(verifyInclusion({ leafIndex: leafIdx, treeSize, leafHash, proof, root }), !wantErr, name);
  }
});

test('REQ-OTA-AUD-01 judges every consistency proof of transparency-dev/merkle as it does', () => {
  assert.equal(consistency.length, 98);
  for (const { name, size1, size2, root1, root2, proof, wantErr } of consistency) {
    const claim = { oldSize: size1, newSize: size2, oldRoot: root1, newRoot: root2, proof };
    // Upstream compares roots of any length; a root that is no SHA-256 hash is refused here, also where both are the same.
    const areHashes = root1.length === 32 && root2.length === 32;
    assert.equal(verifyConsistency(claim), !wantErr && areHashes, name);
  }
});

const nodes = new Map<string, MerkleHash>();

function readNode(level: number, position: number): MerkleHash {
  const hash = nodes.get(`${level}/${position}`);
  assert.ok(hash, `node ${level}/${position} is stored`);
  return hash;
}

for (const [index, leaf] of tree.leaves.entries()) {
  nodes.set(`0/${index}`, hashLeaf(leaf));
  for (const { level, position, hash } of completeNodes(index, hashLeaf(leaf), readNode))
    nodes.set(`${level}/${position}`, hash);
}

function hex(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => Buffer.from(hash).toString('hex'));
}

test('REQ-OTA-AUD-01 computes the leaf hashes and roots of the reference tree', () => {
  assert.deepEqual(hex(tree.leaves.map(hashLeaf)), hex(tree.leafHashes));
  assert.equal(tree.roots.length, 9);
  for (const { treeSize, root } of tree.roots) assert.deepEqual(hex([computeRoot(treeSize, readNode)]), hex([root]));
});

test('REQ-OTA-AUD-01 builds the inclusion and consistency proofs of the reference tree', () => {
  assert.equal(tree.inclusion.length, 36);
  for (const { leafIndex, treeSize, proof } of tree.inclusion) {
    assert.deepEqual(
      hex(buildInclusionProof(leafIndex, treeSize, readNode)),
      hex(proof),
      `leaf ${leafIndex} of ${treeSize}`,
    );
  }
  assert.equal(tree.consistency.length, 36);
  for (const { size1, size2, proof } of tree.consistency) {
    assert.deepEqual(hex(buildConsistencyProof(size1, size2, readNode)), hex(proof), `${size1} to ${size2}`);
  }
});
