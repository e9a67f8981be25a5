import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MerkleFrontier } from '../../../core/audit/merkle-frontier.ts';
import {
  buildConsistencyProof,
  buildInclusionProof,
  completeNodes,
  computeRoot,
} from '../../../core/audit/merkle-nodes.ts';
import { hashLeaf, verifyConsistency, verifyInclusion, type MerkleHash } from '../../../core/audit/merkle-tree.ts';
import { mth, path, sha256, subproof } from '../../helpers/rfc6962.ts';

const maxLeaves = 70;
const leaves = Array.from({ length: maxLeaves }, (_, index) => Buffer.from(`leaf ${index}`));

/** Stores the nodes of the leaves as the log does, one leaf after the other. */
function storeNodes(): (level: number, position: number) => MerkleHash {
  const nodes = new Map<string, MerkleHash>();
  const readNode = (level: number, position: number) => {
    const hash = nodes.get(`${level}/${position}`);
    if (hash === undefined) throw new Error(`node ${level}/${position} is not stored`);
    return hash;
  };
  for (const [index, leaf] of leaves.entries()) {
    nodes.set(`0/${index}`, hashLeaf(leaf));
    for (const { level, position, hash } of completeNodes(index, hashLeaf(leaf), readNode)) {
      assert.ok(!nodes.has(`${level}/${position}`), 'no node is written twice');
      nodes.set(`${level}/${position}`, hash);
    }
  }
  return readNode;
}

const readNode = storeNodes();

function hex(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => Buffer.from(hash).toString('hex'));
}

test('REQ-OTA-AUD-01 stored nodes give the root of every size, and so does the streaming frontier', () => {
  const frontier = new MerkleFrontier();
  for (let size = 0; size <= maxLeaves; size += 1) {
    const expected = mth(leaves.slice(0, size));
    assert.deepEqual(hex([computeRoot(size, readNode)]), hex([expected]));
    assert.deepEqual(hex([frontier.root() ?? Buffer.alloc(0)]), hex([expected]));
    const jumped = new MerkleFrontier();
    jumped.jump(size, readNode);
    assert.deepEqual(hex([jumped.root() ?? Buffer.alloc(0)]), hex([expected]));
    const leaf = leaves[size];
    if (leaf === undefined) continue;
    frontier.append(hashLeaf(leaf), ({ level, position, hash }) => {
      assert.deepEqual(hash && hex([hash]), hex([readNode(level, position)]));
      return hash;
    });
  }
});

test('REQ-OTA-AUD-01 every inclusion proof is that of RFC 6962 and verifies for its leaf alone', () => {
  for (let size = 1; size <= maxLeaves; size += 1) {
    const tree = leaves.slice(0, size);
    const root = mth(tree);
    for (const [index, leaf] of tree.entries()) {
      const proof = buildInclusionProof(index, size, readNode);
      assert.deepEqual(hex(proof), hex(path(index, tree)));
      const claim = { leafIndex: BigInt(index), treeSize: BigInt(size), leafHash: hashLeaf(leaf), proof, root };
      assert.ok(verifyInclusion(claim));
      if (size > 1) assert.ok(!verifyInclusion({ ...claim, leafIndex: BigInt((index + 1) % size) }));
    }
  }
});

test('REQ-OTA-AUD-01 every consistency proof is that of RFC 6962 and verifies', () => {
  for (let newSize = 1; newSize <= maxLeaves; newSize += 1) {
    const tree = leaves.slice(0, newSize);
    for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
      const proof = buildConsistencyProof(oldSize, newSize, readNode);
      assert.deepEqual(hex(proof), hex(oldSize === newSize ? [] : subproof(oldSize, tree, true)));
      const roots = { oldRoot: mth(leaves.slice(0, oldSize)), newRoot: mth(tree) };
      assert.ok(verifyConsistency({ oldSize: BigInt(oldSize), newSize: BigInt(newSize), ...roots, proof }));
    }
  }
});

test('REQ-OTA-AUD-02 a proof with any bit, hash or size changed does not verify', () => {
  const change = fc.record({
    oldSize: fc.integer({ min: 1, max: maxLeaves - 1 }),
    growth: fc.integer({ min: 1, max: maxLeaves - 1 }),
    at: fc.nat(),
    bit: fc.nat(255),
    how: fc.constantFrom('flip', 'drop', 'add', 'swap-roots', 'grow'),
  });
  fc.assert(
    fc.property(change, ({ oldSize, growth, at, bit, how }) => {
      const newSize = Math.min(oldSize + growth, maxLeaves);
      const index = at % newSize;
      const leaf = leaves[index] ?? Buffer.alloc(0);
      const roots = { oldRoot: computeRoot(oldSize, readNode), newRoot: computeRoot(newSize, readNode) };
      const changeProof = (proof: MerkleHash[]) => {
        const hash = Buffer.from(proof[at % Math.max(1, proof.length)] ?? Buffer.alloc(32));
        hash.writeUInt8(hash.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        if (how === 'flip') return proof.length === 0 ? [hash] : proof.with(at % proof.length, hash);
        if (how === 'drop') return proof.length === 0 ? [hash] : proof.slice(0, -1);
        return [...proof, hash];
      };
      const inclusion = buildInclusionProof(index, newSize, readNode);
      const consistency = buildConsistencyProof(oldSize, newSize, readNode);
      const included = {
        leafIndex: BigInt(index),
        treeSize: BigInt(newSize),
        leafHash: hashLeaf(leaf),
        root: roots.newRoot,
      };
      const consistent = { oldSize: BigInt(oldSize), newSize: BigInt(newSize), ...roots };
      if (how === 'swap-roots') {
        const swapped = { ...consistent, oldRoot: roots.newRoot, newRoot: roots.oldRoot };
        assert.ok(!verifyConsistency({ ...swapped, proof: consistency }));
        return;
      }
      if (how === 'grow') {
        // Twice the size needs at least one hash more.
        assert.ok(!verifyInclusion({ ...included, treeSize: BigInt(newSize) * 2n, proof: inclusion }));
        assert.ok(!verifyConsistency({ ...consistent, newSize: BigInt(newSize) * 2n, proof: consistency }));
        return;
      }
      assert.ok(!verifyInclusion({ ...included, proof: changeProof(inclusion) }));
      assert.ok(!verifyConsistency({ ...consistent, proof: changeProof(consistency) }));
    }),
    { seed: 6962, numRuns: 1500 },
  );
});

test('REQ-OTA-AUD-01 proofs reach trees of 2^64 - 1 leaves and no further', () => {
  const leafHash = hashLeaf(Buffer.from('last'));
  // The last leaf of a tree has a sibling wherever its index has a one bit, always on the left: 63 times in 2^64 - 2.
  const prove = (treeSize: bigint, lenProof: number) => {
    const proof = Array.from({ length: lenProof }, () => hashLeaf(Buffer.from('sibling')));
    const root = proof.reduce((hash, sibling) => sha256(Buffer.of(1), sibling, hash), Buffer.from(leafHash));
    return verifyInclusion({ leafIndex: treeSize - 1n, treeSize, leafHash, proof, root });
  };
  assert.ok(prove(2n ** 64n - 1n, 63));
  assert.ok(!prove(2n ** 64n, 64));
  const same = (size: bigint) =>
    verifyConsistency({ oldSize: size, newSize: size, oldRoot: leafHash, newRoot: leafHash, proof: [] });
  assert.ok(same(2n ** 64n - 1n));
  assert.ok(!same(2n ** 64n));
});
