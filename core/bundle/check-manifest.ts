import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { BundleSigner, Manifest, ManifestImage } from '../../contract/schema/bundle.ts';
import type { RevocationRule } from '../../contract/schema/policy.ts';
import type { LocatedEntry } from './archive/data-layout.ts';
import { archivedFile } from './delta/archived-file.ts';
import { checkDeltaSizes } from './delta/check-delta-sizes.ts';

/** What the station demands of bundles for one product. */
export interface ProductRules {
  /** Distinct signers that a bundle needs (k of n). */
  readonly threshold: number;
  /** SHA-256 of the trust anchors whose signers count; null where every pinned anchor counts. */
  readonly anchors: readonly string[] | null;
  /** What the product's policy asks about revocation; null where it asks nothing. */
  readonly revocation: RevocationRule | null;
  /** Keys that the product's boot loader trusts, SubjectPublicKeyInfo in DER. */
  readonly imageKeys: readonly Uint8Array[];
}

export interface ManifestContext {
  readonly rules: ProductRules;
  readonly signers: readonly BundleSigner[];
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  readonly now: Date;
  readonly stationVersion: string;
}

/** One image of the manifest with its file in the archive, which is its delta where it comes as one. */
export interface ListedImage {
  readonly image: ManifestImage;
  readonly entry: LocatedEntry;
}

/** Checks what a verified manifest says against the station's rules, its time, and the archive around it. */
export function verifyManifest(manifest: Manifest, context: ManifestContext): Result<readonly ListedImage[]> {
  const refusal =
    checkSigners(manifest, context.rules, context.signers) ??
    checkLifetime(manifest, context.now) ??
    checkStationVersion(manifest, context.stationVersion);
  return refusal ?? checkContents(manifest, context.entries);
}

/** What holds of every bundle, whoever signed it and whenever: the manifest agrees with itself and with the archive. */
export function checkContents(
  manifest: Manifest,
  entries: ReadonlyMap<string, LocatedEntry>,
): Result<readonly ListedImage[]> {
  const refusal =
    checkLifetimeOrder(manifest) ??
    checkFilesUnique(manifest) ??
    checkSlotsUnambiguous(manifest) ??
    checkDeltaSizes(manifest) ??
    checkNothingUnlisted(manifest, entries);
  return refusal ?? matchImages(manifest, entries);
}

/** REQ-OTA-SIG-03: distinct keys, not signatures, since one key can sign twice and ECDSA signatures are malleable. */
export function checkSigners(
  manifest: Manifest,
  rules: Pick<ProductRules, 'threshold' | 'anchors'>,
  signers: readonly BundleSigner[],
): Refusal | null {
  const counted = signers.filter((signer) => rules.anchors === null || rules.anchors.includes(signer.anchorSha256));
  const product = manifest.product.id;
  if (counted.length === 0) {
    const reason = `None of the bundle's signers stands under a trust anchor that may sign for ${product}.`;
    return refuse('bundle.signer-not-allowed', reason, { product });
  }
  const keys = new Set(counted.map((signer) => signer.publicKeySha256)).size;
  if (keys >= rules.threshold) return null;
  const reason = `The bundle for ${product} has ${keys} distinct signer(s), ${rules.threshold} are needed.`;
  return refuse('bundle.signature-threshold', reason, { product, signers: keys, threshold: rules.threshold });
}

function checkLifetimeOrder({ issued, expires }: Manifest): Refusal | null {
  if (Date.parse(issued) < Date.parse(expires)) return null;
  const reason = `The bundle expires (${expires}) before it was issued (${issued}).`;
  return refuse('bundle.lifetime-invalid', reason, { issued, expires });
}

export function checkLifetime({ issued, expires }: Manifest, now: Date): Refusal | null {
  const detail = { issued, expires, now: now.toISOString() };
  if (now.getTime() < Date.parse(issued)) {
    const reason = `The bundle was issued ${issued}, the station's clock says ${now.toISOString()}: check the clock.`;
    return refuse('bundle.not-yet-issued', reason, detail);
  }
  if (now.getTime() >= Date.parse(expires)) {
    const reason = `The bundle expired ${expires}, the station's clock says ${now.toISOString()}.`;
    return refuse('bundle.expired', reason, detail);
  }
  return null;
}

function checkStationVersion(manifest: Manifest, stationVersion: string): Refusal | null {
  const needed = manifest.minStationVersion;
  if (compareVersions(stationVersion, needed) >= 0) return null;
  const reason = `The bundle needs Drydock ${needed} or newer, this is ${stationVersion}.`;
  return refuse('bundle.station-too-old', reason, { needed, stationVersion });
}

/** Numeric order of `major.minor.patch`; whatever follows a `-` or `+` is left out. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function checkFilesUnique(manifest: Manifest): Refusal | null {
  const seen = new Set<string>();
  for (const file of manifest.images.flatMap(({ file, delta }) => (delta ? [file, delta.file] : [file]))) {
    if (seen.has(file)) {
      return refuse('bundle.manifest-duplicate-file', `manifest.json lists ${file} twice.`, { file });
    }
    seen.add(file);
  }
  return null;
}

/** For each hardware there is at most one image per slot; otherwise the station would have to choose. */
function checkSlotsUnambiguous(manifest: Manifest): Refusal | null {
  const taken = new Set<string>();
  for (const { slot, compat } of manifest.images) {
    for (const hardware of compat) {
      const place = `${hardware}/${slot}`;
      if (taken.has(place)) {
        const reason = `manifest.json names hardware ${hardware} twice for slot ${slot}.`;
        return refuse('bundle.manifest-slot-ambiguous', reason, { slot, hardware });
      }
      taken.add(place);
    }
  }
  return null;
}

function checkNothingUnlisted(manifest: Manifest, entries: ReadonlyMap<string, LocatedEntry>): Refusal | null {
  const listed = new Set(manifest.images.map((image) => archivedFile(image).file));
  for (const name of entries.keys()) {
    if (!/^(?:images|deltas)\//.test(name) || listed.has(name)) continue;
    // An image and a delta for it would be two answers to one question.
    const says = manifest.images.some(({ file }) => file === name) ? 'lists as a delta only' : 'does not list';
    return refuse('bundle.image-unlisted', `The archive holds ${name}, which manifest.json ${says}.`, { name });
  }
  return null;
}

function matchImages(manifest: Manifest, entries: ReadonlyMap<string, LocatedEntry>): Result<readonly ListedImage[]> {
  const listed: ListedImage[] = [];
  for (const image of manifest.images) {
    const { file, len } = archivedFile(image);
    const entry = entries.get(file);
    if (!entry) {
      const reason = `manifest.json lists ${file}, which the archive does not hold.`;
      return refuse('bundle.image-missing', reason, { file });
    }
    if (entry.lenBytes !== len) {
      const reason = `${file} is ${entry.lenBytes} bytes long, manifest.json says ${len}.`;
      return refuse('bundle.image-length', reason, { file, lenBytes: entry.lenBytes, expected: len });
    }
    listed.push({ image, entry });
  }
  return accept(listed);
}
