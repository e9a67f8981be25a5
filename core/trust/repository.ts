import type { Sha256Hex } from '../digest.ts';

/** Product ids that an anchor or key counts for; `'*'` stands for every product. */
export type ProductScope = readonly string[];

/** A pinned root certificate. */
export interface TrustAnchor {
  readonly der: Uint8Array;
  /** SHA-256 of `der`: its identity. */
  readonly fingerprintSha256: Sha256Hex;
  readonly subject: string;
  readonly notAfter: Date;
  readonly label: string;
  readonly products: ProductScope;
  readonly addedAt: Date;
  /** Id of the operator who pinned it. */
  readonly addedBy: string;
}

/** A public key with which a product's boot loader checks images. */
export interface ImageKey {
  readonly spkiDer: Uint8Array;
  /** SHA-256 of `spkiDer`: its identity, and MCUboot's key hash. */
  readonly keySha256: Sha256Hex;
  /** `P-256`, `Ed25519`, `RSA 2048`: for a person. */
  readonly algorithm: string;
  readonly label: string;
  readonly products: ProductScope;
  readonly addedAt: Date;
  readonly addedBy: string;
}

/** An imported certificate revocation list. */
export interface StoredCrl {
  readonly der: Uint8Array;
  /** SHA-256 of `der`: its identity. */
  readonly fingerprintSha256: Sha256Hex;
  /** For a person. */
  readonly issuer: string;
  /** SHA-256 of the issuer's certificate that signed the list: one current list is kept for each. */
  readonly issuerSha256: Sha256Hex;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly addedAt: Date;
  readonly addedBy: string;
}

/** Where the trust room keeps what is pinned. Synchronous; the caller opens the transaction and writes the audit event in it. */
export interface TrustRepository {
  listAnchors(): TrustAnchor[];
  addAnchor(anchor: TrustAnchor): void;
  removeAnchor(fingerprintSha256: Sha256Hex): void;
  listImageKeys(): ImageKey[];
  addImageKey(key: ImageKey): void;
  removeImageKey(keySha256: Sha256Hex): void;
  listCrls(): StoredCrl[];
  /** Stores the list and drops the one with the same `issuerSha256`. */
  addCrl(crl: StoredCrl): void;
  timeFloor(): Date | null;
  /** Stores the later of `floor` and what is stored. */
  raiseTimeFloor(floor: Date): void;
}
