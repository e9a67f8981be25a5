import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import type { AdoptedPackage } from './package/adopted-packages.ts';
import { covers } from './package/read-package.ts';
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
  readonly #packages: () => readonly AdoptedPackage[];

  /** `packages` answers the trust packages in force. */
  constructor(repository: TrustRepository, packages: () => readonly AdoptedPackage[] = () => []) {
    this.#repository = repository;
    this.#packages = packages;
  }

  /**
   * Pins a root certificate whose fingerprint a person typed: `trust.pem-malformed`, `trust.certificate-…`, `trust.anchor-not-root`,
   * `trust.not-a-ca`, `trust.key-…`, `trust.fingerprint-…`, `trust.label-invalid`, `trust.already-pinned`, `trust.managed-by-package`.
   */
  pinAnchor(input: PinAnchorInput): Result<TrustAnchor> {
    const anchor = readAnchor(input);
    if (!anchor.ok) return anchor;
    const managed = this.#findManaged(input.products, () => true);
    if (managed !== undefined) return managed;
    const { fingerprintSha256, subject } = anchor.value;
    if (this.listAnchors().some((known) => known.fingerprintSha256 === fingerprintSha256)) {
      return refuseTwice(`The certificate "${subject}"`, fingerprintSha256);
    }
    this.#repository.addAnchor(anchor.value);
    return anchor;
  }

  /** Forgets an anchor; bundles under it no longer verify. Refuses `trust.not-pinned`, `trust.managed-by-package`. */
  removeAnchor(fingerprintSha256: Sha256Hex): Result<TrustAnchor> {
    const anchor = this.listAnchors().find((known) => known.fingerprintSha256 === fingerprintSha256);
    const holder = this.#packages().find(({ anchors }) =>
      anchors.some((known) => known.fingerprintSha256 === fingerprintSha256),
    );
    if (anchor === undefined && holder !== undefined) return refuseManaged(holder.family, 'This anchor');
    if (anchor === undefined) return refuseUnknown('trust anchor', fingerprintSha256);
    this.#repository.removeAnchor(fingerprintSha256);
    return accept(anchor);
  }

  /**
   * Pins a boot loader's public key whose fingerprint a person typed: `trust.pem-malformed`, `trust.key-…`, `trust.algorithm-refused`,
   * `trust.fingerprint-…`, `trust.label-invalid`, `trust.already-pinned`, `trust.managed-by-package`.
   */
  pinImageKey(input: PinImageKeyInput): Result<ImageKey> {
    const key = readImageKey(input);
    if (!key.ok) return key;
    const managed = this.#findManaged(input.products, ({ imageKeys }) => imageKeys.length > 0);
    if (managed !== undefined) return managed;
    if (this.listImageKeys().some((known) => known.keySha256 === key.value.keySha256)) {
      return refuseTwice(`The image key "${key.value.label}"`, key.value.keySha256);
    }
    this.#repository.addImageKey(key.value);
    return key;
  }

  /** Forgets an image key. Refuses `trust.not-pinned`, `trust.managed-by-package`. */
  removeImageKey(keySha256: Sha256Hex): Result<ImageKey> {
    const key = this.listImageKeys().find((known) => known.keySha256 === keySha256);
    const holder = this.#packages().find(({ imageKeys }) => imageKeys.some((known) => known.keySha256 === keySha256));
    if (key === undefined && holder !== undefined) return refuseManaged(holder.family, 'This image key');
    if (key === undefined) return refuseUnknown('image key', keySha256);
    this.#repository.removeImageKey(keySha256);
    return accept(key);
  }

  /**
   * Takes the complete revocation list of a pinned anchor, or of an intermediate CA below one whose certificate the file holds too:
   * `trust.pem-malformed`, `trust.crl-…`, `trust.signature-invalid`, or what is wrong with the path to the anchor.
   */
  importCrl(input: ImportCrlInput): Result<StoredCrl> {
    const anchors = { bundle: this.bundleAnchors(), timestamp: this.timestampAnchors() };
    const crl = importCrl(input, anchors, this.listCrls());
    if (crl.ok) this.#repository.addCrl(crl.value);
    return crl;
  }

  /** Takes a list that was checked with the trust package that it came in. */
  addCheckedCrl(crl: StoredCrl): void {
    this.#repository.addCrl(crl);
  }

  /** The trust packages in force. */
  packages(): readonly AdoptedPackage[] {
    return this.#packages();
  }

  /** What was pinned by hand. */
  listAnchors(): TrustAnchor[] {
    return this.#repository.listAnchors();
  }

  listImageKeys(): ImageKey[] {
    return this.#repository.listImageKeys();
  }

  listCrls(): StoredCrl[] {
    return this.#repository.listCrls();
  }

  /** Every anchor that may stand above a signer of bundles: pinned by hand, or brought by a trust package. */
  bundleAnchors(): TrustAnchor[] {
    return distinct([...this.listAnchors(), ...this.#packages().flatMap((from) => anchorsOf(from, 'bundle'))]);
  }

  /** Every image key that may count, from the same two places. */
  imageKeys(): ImageKey[] {
    const keys = [...this.listImageKeys(), ...this.#packages().flatMap(imageKeysOf)];
    return [...new Map(keys.map((key) => [key.keySha256, key])).values()];
  }

  /** Roots of time-stamping authorities. None of them vouches for a bundle, and no bundle anchor for a time. */
  timestampAnchors(): TrustAnchor[] {
    return distinct(this.#packages().flatMap((from) => anchorsOf(from, 'timestamp')));
  }

  /** The anchors whose signers count for a product. Where a trust package speaks for it, what was pinned by hand does not count. */
  anchorsFor(product: string): TrustAnchor[] {
    const managing = this.#managing(product);
    const anchors = managing === undefined ? this.listAnchors() : anchorsOf(managing, 'bundle');
    return anchors.filter(({ products }) => covers(products, product));
  }

  /** The same for image keys, where the package brings any. */
  imageKeysFor(product: string): ImageKey[] {
    const managing = this.#managing(product);
    const isManaged = managing !== undefined && managing.imageKeys.length > 0;
    const keys = isManaged ? imageKeysOf(managing) : this.listImageKeys();
    return keys.filter(({ products }) => covers(products, product));
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

  #managing(product: string): AdoptedPackage | undefined {
    return this.#packages().find(({ products }) => covers(products, product));
  }

  /** The refusal of a pin for a product that a package speaks for: it would count for nothing, or change what the package says. */
  #findManaged(products: readonly string[], manages: (from: AdoptedPackage) => boolean): Refusal | undefined {
    for (const product of products) {
      const managing = this.#managing(product);
      if (managing !== undefined && manages(managing))
        return refuseManaged(managing.family, `What counts for ${product}`);
    }
    return undefined;
  }
}

function anchorsOf(from: AdoptedPackage, purpose: 'bundle' | 'timestamp'): TrustAnchor[] {
  const { adoptedAt: addedAt, adoptedBy: addedBy } = from;
  return from.anchors
    .filter((anchor) => anchor.purpose === purpose)
    .map(({ der, fingerprintSha256, subject, notAfter, label, products }) => {
      return { der, fingerprintSha256, subject, notAfter, label, products, addedAt, addedBy };
    });
}

function imageKeysOf({ imageKeys, adoptedAt: addedAt, adoptedBy: addedBy }: AdoptedPackage): ImageKey[] {
  return imageKeys.map((key) => ({ ...key, addedAt, addedBy }));
}

function distinct(anchors: readonly TrustAnchor[]): TrustAnchor[] {
  return [...new Map(anchors.map((anchor) => [anchor.fingerprintSha256, anchor])).values()];
}

function refuseManaged(family: string, what: string): Refusal {
  const reason = `${what} is managed by the trust package of ${family}: import its next version instead (drydock trust import).`;
  return refuse('trust.managed-by-package', reason, { family });
}

function refuseTwice(what: string, sha256: Sha256Hex): Refusal {
  return refuse('trust.already-pinned', `${what} is pinned already.`, { sha256 });
}

function refuseUnknown(what: string, sha256: Sha256Hex): Refusal {
  return refuse('trust.not-pinned', `No ${what} with the SHA-256 ${sha256} is pinned.`, { sha256 });
}
