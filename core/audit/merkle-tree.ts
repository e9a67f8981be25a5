import { sha256 } from '../digest.ts';

/** SHA-256, 32 bytes. */
export type MerkleHash = Uint8Array;

export const hashLenBytes = 32;
/** Tree sizes and leaf indices are unsigned 64-bit numbers (RFC 6962 §3.5, uint64 tree_size). */
const maxTreeSize = 2n ** 64n - 1n;

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** Hash of a leaf: SHA-256(0x00 || data) (RFC 6962 §2.1). */
export function hashLeaf(data: Uint8Array): MerkleHash {
  return sha256(leafPrefix, data);
}

/** Hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962 §2.1). The prefix keeps a node from passing as a leaf. */
export function hashNode(left: MerkleHash, right: MerkleHash): MerkleHash {
  return sha256(nodePrefix, left, right);
}

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export function emptyRoot(): MerkleHash {
  return sha256();
}

export interface InclusionClaim {
  /** Counts from 0. */
  readonly leafIndex: bigint;
  readonly treeSize: bigint;
  readonly leafHash: MerkleHash;
  /** Sibling hashes from the leaf upwards. */
  readonly proof: readonly MerkleHash[];
  readonly root: MerkleHash;
}

/** Says whether the proof leads from the leaf to the root (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ leafIndex, treeSize, leafHash, proof, root }: InclusionClaim): boolean {
  if (leafIndex < 0n || leafIndex >= treeSize || treeSize > maxTreeSize) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let position = leafIndex;
  let last = treeSize - 1n;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (isRightChild(position) || position === last) {
      hash = hashNode(sibling, hash);
      // The last node of a level may have no sibling there: go up to where it is a right child.
      while (!isRightChild(position) && position !== 0n) [position, last] = [position >> 1n, last >> 1n];
    } else {
      hash = hashNode(hash, sibling);
    }
    [position, last] = [position >> 1n, last >> 1n];
  }
  return last === 0n && sameHash(hash, root);
}

export interface ConsistencyClaim {
  readonly oldSize: bigint;
  readonly newSize: bigint;
  readonly oldRoot: MerkleHash;
  readonly newRoot: MerkleHash;
  readonly proof: readonly MerkleHash[];
}

/**
 * Says whether the new tree holds the old one as its beginning (RFC 9162 §2.1.4.2). An old tree without leaves proves
 * nothing and is refused; of two trees of one size the roots are compared and the proof must be empty.
 */
export function verifyConsistency({ oldSize, newSize, oldRoot, newRoot, proof }: ConsistencyClaim): boolean {
  if (oldSize <= 0n || oldSize > newSize || newSize > maxTreeSize) return false;
  if (![oldRoot, newRoot, ...proof].every(isHash)) return false;
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot);

  let position = oldSize - 1n;
  let last = newSize - 1n;
  while (isRightChild(position)) [position, last] = [position >> 1n, last >> 1n];
  // Where the old tree is perfect, its root is itself the first node of the path.
  const path = position === 0n ? [oldRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined || proof.length === 0) return false;

  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (last === 0n) return false;
    if (isRightChild(position) || position === last) {
      oldHash = hashNode(sibling, oldHash);
      newHash = hashNode(sibling, newHash);
      while (!isRightChild(position) && position !== 0n) [position, last] = [position >> 1n, last >> 1n];
    } else {
      newHash = hashNode(newHash, sibling);
    }
    [position, last] = [position >> 1n, last >> 1n];
  }
  return last === 0n && sameHash(oldHash, oldRoot) && sameHash(newHash, newRoot);
}

export function sameHash(a: MerkleHash, b: MerkleHash): boolean {
  return Buffer.compare(a, b) === 0;
}

function isHash(hash: MerkleHash): boolean {
  return hash.length === hashLenBytes;
}

function isRightChild(position: bigint): boolean {
  return (position & 1n) === 1n;
}
