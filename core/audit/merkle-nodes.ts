import { emptyRoot, hashNode, type MerkleHash } from './merkle-tree.ts';

/**
 * Gives the stored hash of a perfect subtree: level 0 is a leaf, (level, position) spans the leaves
 * [position × 2^level, (position + 1) × 2^level). Every subtree that lies wholly within the log is stored.
 */
export type ReadNode = (level: number, position: number) => MerkleHash;

export interface NewNode {
  readonly level: number;
  readonly position: number;
  readonly hash: MerkleHash;
}

/** The inner nodes that a new leaf completes, lowest first: as many as its index has trailing one bits. */
export function completeNodes(leafIndex: number, leafHash: MerkleHash, readNode: ReadNode): NewNode[] {
  const nodes: NewNode[] = [];
  let hash = leafHash;
  for (let level = 1, position = leafIndex; position % 2 === 1; level += 1) {
    hash = hashNode(readNode(level - 1, position - 1), hash);
    position = (position - 1) / 2;
    nodes.push({ level, position, hash });
  }
  return nodes;
}

/** Root of the first `size` leaves (RFC 6962 §2.1, MTH) in O(log size). */
export function computeRoot(size: number, readNode: ReadNode): MerkleHash {
  return size === 0 ? emptyRoot() : hashRange(0, size, readNode);
}

/** Audit path of a leaf in the tree of the first `size` leaves (RFC 6962 §2.1.1, PATH), leaf side first. */
export function buildInclusionProof(leafIndex: number, size: number, readNode: ReadNode): MerkleHash[] {
  if (leafIndex < 0 || leafIndex >= size) throw new RangeError(`leaf ${leafIndex} is not in a tree of ${size}`);
  const path: MerkleHash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (leafIndex < middle) {
      path.push(hashRange(middle, end, readNode));
      end = middle;
    } else {
      path.push(hashRange(start, middle, readNode));
      start = middle;
    }
  }
  return path.reverse();
}

/** Consistency proof between the trees of the first `oldSize` and `newSize` leaves (RFC 6962 §2.1.2, PROOF). */
export function buildConsistencyProof(oldSize: number, newSize: number, readNode: ReadNode): MerkleHash[] {
  if (oldSize < 1 || oldSize > newSize)
    throw new RangeError(`no consistency proof leads from ${oldSize} to ${newSize}`);
  const path: MerkleHash[] = [];
  let [start, end] = [0, newSize];
  while (oldSize < end) {
    const middle = start + largestPowerBelow(end - start);
    if (oldSize <= middle) {
      path.push(hashRange(middle, end, readNode));
      end = middle;
    } else {
      path.push(hashRange(start, middle, readNode));
      start = middle;
    }
  }
  // RFC 6962's SUBPROOF(m, D[m], true) adds nothing: the verifier holds the old root where it is itself that subtree.
  if (start > 0) path.push(hashRange(start, end, readNode));
  return path.reverse();
}

/**
 * Hash of the leaves [start, end), where `start` is a multiple of the largest power of two below the length, as RFC 6962's
 * splits always make it: perfect subtrees are read, the ragged right edge is folded from the right.
 */
function hashRange(start: number, end: number, readNode: ReadNode): MerkleHash {
  const subtrees: MerkleHash[] = [];
  for (let at = start; at < end;) {
    const { level, lenLeaves } = largestSubtree(end - at);
    subtrees.push(readNode(level, at / lenLeaves));
    at += lenLeaves;
  }
  return subtrees.reduceRight((right, left) => hashNode(left, right));
}

/** Largest power of two smaller than n, for n ≥ 2 (RFC 6962 §2.1). */
function largestPowerBelow(n: number): number {
  return largestSubtree(n - 1).lenLeaves;
}

/** The largest perfect tree of at most n ≥ 1 leaves. */
function largestSubtree(n: number): { level: number; lenLeaves: number } {
  let [level, lenLeaves] = [0, 1];
  for (; lenLeaves * 2 <= n; level += 1) lenLeaves *= 2;
  return { level, lenLeaves };
}
