import type { ImageKey, StoredCrl, TrustAnchor, TrustRepository } from '../../../../core/trust/repository.ts';

/** The trust repository's contract, in memory. */
export class MemoryTrustRepository implements TrustRepository {
  #anchors: TrustAnchor[] = [];
  #imageKeys: ImageKey[] = [];
  #crls: StoredCrl[] = [];
  #floor: Date | null = null;

  listAnchors(): TrustAnchor[] {
    return [...this.#anchors];
  }

  addAnchor(anchor: TrustAnchor): void {
    this.#anchors.push(anchor);
  }

  removeAnchor(fingerprintSha256: string): void {
    this.#anchors = this.#anchors.filter((anchor) => anchor.fingerprintSha256 !== fingerprintSha256);
  }

  listImageKeys(): ImageKey[] {
    return [...this.#imageKeys];
  }

  addImageKey(key: ImageKey): void {
    this.#imageKeys.push(key);
  }

  removeImageKey(keySha256: string): void {
    this.#imageKeys = this.#imageKeys.filter((key) => key.keySha256 !== keySha256);
  }

  listCrls(): StoredCrl[] {
    return [...this.#crls];
  }

  addCrl(crl: StoredCrl): void {
    this.#crls = [...this.#crls.filter(({ issuerSha256 }) => issuerSha256 !== crl.issuerSha256), crl];
  }

  timeFloor(): Date | null {
    return this.#floor;
  }

  raiseTimeFloor(floor: Date): void {
    if (this.#floor === null || floor > this.#floor) this.#floor = floor;
  }
}
