import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import { importCrl, type ImportCrlInput } from './import-crl.ts';
import { type PinAnchorInput, readAnchor } from './read-anchor.ts';
import { type PinImageKeyInput, readImageKey } from './read-image-key.ts';
import type { ImageKey, StoredCrl, TrustAnchor, TrustRepository } from './repository.ts';
import { checkClock, raiseFloor } from './time-floor.ts';

/**
 * What this station trusts: anchors, image keys, revocation lists, time. Every method is one synchronous step on the repository; the caller
 * wraps it in a transaction together with its audit event.
 */
export class TrustStore {
  readonly #repository: TrustRepository;

  constructor(repository: TrustRepository) {
    this.#repository = repository;
  }

  /**
   * Pins a root certificate whose fingerprint a person typed: `trust.pem-malformed`, `trust.certificate-…`, `trust.anchor-not-root`,
   * `trust.not-a-ca`, `trust.key-…`, `trust.fingerprint-…`, `trust.label-invalid`, `trust.already-pinned`.
   */
  pinAnchor(input: PinAnchorInput): Result<TrustAnchor> {
    const anchor = readAnchor(input);
    if (!anchor.ok) return anchor;
    const { fingerprintSha256, subject } = anchor.value;
    if (this.listAnchors().some((known) => known.fingerprintSha256 === fingerprintSha256)) {
      return refuseTwice(`The certificate "${subject}"`, fingerprintSha256);
    }
    this.#repository.addAnchor(anchor.value);
    return anchor;
  }

  /** Forgets an anchor; bundles under it no longer verify. Refuses `trust.not-pinned`. */
  removeAnchor(fingerprintSha256: Sha256Hex): Result<TrustAnchor> {
    const anchor = this.listAnchors().find((known) => known.fingerprintSha256 === fingerprintSha256);
    if (anchor === undefined) return refuseUnknown('trust anchor', fingerprintSha256);
    this.#repository.removeAnchor(fingerprintSha256);
    return accept(anchor);
  }

  /**
   * Pins a boot loader's public key whose fingerprint a person typed: `trust.pem-malformed`, `trust.key-…`, `trust.algorithm-refused`,
   * `trust.fingerprint-…`, `trust.label-invalid`, `trust.already-pinned`.
   */
  pinImageKey(input: PinImageKeyInput): Result<ImageKey> {
    const key = readImageKey(input);
    if (!key.ok) return key;
    if (this.listImageKeys().some((known) => known.keySha256 === key.value.keySha256)) {
      return refuseTwice(`The image key "${key.value.label}"`, key.value.keySha256);
    }
    this.#repository.addImageKey(key.value);
    return key;
  }

  /** Forgets an image key. Refuses `trust.not-pinned`. */
  removeImageKey(keySha256: Sha256Hex): Result<ImageKey> {
    const key = this.listImageKeys().find((known) => known.keySha256 === keySha256);
    if (key === undefined) return refuseUnknown('image key', keySha256);
    this.#repository.removeImageKey(keySha256);
    return accept(key);
  }

  /**
   * Takes the complete revocation list of a pinned anchor, or of an intermediate CA below one whose certificate the file holds too:
   * `trust.pem-malformed`, `trust.crl-…`, `trust.signature-invalid`, or what is wrong with the path to the anchor.
   */
  importCrl(input: ImportCrlInput): Result<StoredCrl> {
    const crl = importCrl(input, this.listAnchors(), this.listCrls());
    if (crl.ok) this.#repository.addCrl(crl.value);
    return crl;
  }

  listAnchors(): TrustAnchor[] {
    return this.#repository.listAnchors();
  }

  listImageKeys(): ImageKey[] {
    return this.#repository.listImageKeys();
  }

  listCrls(): StoredCrl[] {
    return this.#repository.listCrls();
  }

  anchorsFor(product: string): TrustAnchor[] {
    return this.listAnchors().filter(({ products }) => countsFor(products, product));
  }

  imageKeysFor(product: string): ImageKey[] {
    return this.listImageKeys().filter(({ products }) => countsFor(products, product));
  }

  /** Newest signed time that the station has seen; null before the first. */
  timeFloor(): Date | null {
    return this.#repository.timeFloor();
  }

  /** `now`, unless it is below the floor: `trust.clock-below-floor`. */
  checkClock(now: Date): Result<Date> {
    return checkClock({ now, floor: this.#repository.timeFloor() });
  }

  /** To be called with a time out of something whose signature has been verified. Answers the floor if it has risen, else null. */
  raiseTimeFloor(signedTime: Date, now: Date): Date | null {
    const floor = this.#repository.timeFloor();
    const raised = raiseFloor({ now, floor }, signedTime);
    if (raised === null || raised.getTime() === floor?.getTime()) return null;
    this.#repository.raiseTimeFloor(raised);
    return raised;
  }
}

function countsFor(products: readonly string[], product: string): boolean {
  return products.includes('*') || products.includes(product);
}

function refuseTwice(what: string, sha256: Sha256Hex): Refusal {
  return refuse('trust.already-pinned', `${what} is pinned already.`, { sha256 });
}

function refuseUnknown(what: string, sha256: Sha256Hex): Refusal {
  return refuse('trust.not-pinned', `No ${what} with the SHA-256 ${sha256} is pinned.`, { sha256 });
}
