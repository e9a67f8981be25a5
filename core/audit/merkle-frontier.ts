import { emptyRoot, hashNode, type MerkleHash } from './merkle-tree.ts';

/** A perfect subtree that has just become complete; its hash is null where that of one of its halves is not known. */
export interface CompletedSubtree {
  readonly level: number;
  readonly position: number;
  readonly hash: MerkleHash | null;
}

/**
 * The right edge of a growing tree: the hashes of the perfect subtrees that its leaves divide into, one per set bit of
 * the size. It is all that must be kept to compute the root of any number of leaves as they stream by.
 */
export class MerkleFrontier {
  #size = 0;
  /** Highest subtree first; `level` falls strictly. */
  readonly #subtrees: { level: number; hash: MerkleHash | null }[] = [];

  get size(): number {
    return this.#size;
  }

  /** Root of the leaves so far (RFC 6962 §2.1); null where a hash on the way is not known. */
  root(): MerkleHash | null {
    const hashes = this.#subtrees.map(({ hash }) => hash);
    return hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => combine(left, right));
  }

  /** Adds a leaf. `settle` decides the hash of each subtree that it completes, lowest first. */
  append(leafHash: MerkleHash, settle: (subtree: CompletedSubtree) => MerkleHash | null): void {
    let edge: { level: number; hash: MerkleHash | null } = { level: 0, hash: leafHash };
    for (let left = this.#subtrees.at(-1); left?.level === edge.level; left = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      const level = edge.level + 1;
      const position = Math.floor(this.#size / 2 ** level);
      edge = { level, hash: settle({ level, position, hash: combine(left.hash, edge.hash) }) };
    }
    this.#subtrees.push(edge);
    this.#size += 1;
  }

  /** Goes to a tree of `size` leaves whose subtrees are not computed but read. */
  jump(size: number, readSubtree: (level: number, position: number) => MerkleHash | null): void {
    this.#subtrees.length = 0;
    this.#size = size;
    let at = 0;
    for (let level = 52; level >= 0; level -= 1) {
      const lenLeaves = 2 ** level;
      if (size - at < lenLeaves) continue;
      this.#subtrees.push({ level, hash: readSubtree(level, at / lenLeaves) });
      at += lenLeaves;
    }
  }
}

function combine(left: MerkleHash | null, right: MerkleHash | null): MerkleHash | null {
  return left && right && hashNode(left, right);
}
