import type { Sha256Hex } from '../../digest.ts';

/** A signer's key, and the key of an anchor that certified it. */
export interface Endorsement {
  readonly signerKeySha256: Sha256Hex;
  readonly anchorKeySha256: Sha256Hex;
}

/**
 * How many anchors have agreed, each through a signer's key of its own: the size of a maximum matching between signers' keys and anchors'
 * keys. Neither one key that several anchors certified nor several signers under one anchor count more than once.
 */
export function countAgreeingAnchors(endorsements: readonly Endorsement[]): number {
  const signersOf = new Map<Sha256Hex, Set<Sha256Hex>>();
  for (const { anchorKeySha256, signerKeySha256 } of endorsements) {
    signersOf.set(anchorKeySha256, (signersOf.get(anchorKeySha256) ?? new Set()).add(signerKeySha256));
  }
  const anchorOf = new Map<Sha256Hex, Sha256Hex>();
  const assign = (anchor: Sha256Hex, tried: Set<Sha256Hex>): boolean => {
    for (const signer of signersOf.get(anchor) ?? []) {
      if (tried.has(signer)) continue;
      tried.add(signer);
      const holder = anchorOf.get(signer);
      if (holder === undefined || assign(holder, tried)) {
        anchorOf.set(signer, anchor);
        return true;
      }
    }
    return false;
  };
  return [...signersOf.keys()].filter((anchor) => assign(anchor, new Set())).length;
}
