import * as v from 'valibot';
import { accept, refuse, type Refusal, type Result } from '../../../contract/result.ts';
import { sha256Hex, type Sha256Hex } from '../../digest.ts';
import { parseStrictJson } from '../../strict-json.ts';
import { catchRefusal, unwrap } from '../der/read-strictly.ts';
import { checkPinScope } from '../pin-scope.ts';
import { checkAnchorCertificate } from '../read-anchor.ts';
import { readImageKey } from '../read-image-key.ts';
import type { ImageKey, ProductScope } from '../repository.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { parseCrl } from '../x509/crl.ts';
import { describeName } from '../x509/name.ts';
import { PackageDocument, packageLimits } from './package-document.ts';

/** An anchor as a package names it. */
export interface PackageAnchor {
  readonly der: Uint8Array;
  readonly fingerprintSha256: Sha256Hex;
  readonly publicKeySha256: Sha256Hex;
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly label: string;
  readonly products: ProductScope;
  readonly purpose: 'bundle' | 'timestamp';
}

export type PackageImageKey = Omit<ImageKey, 'addedAt' | 'addedBy'>;

export interface PackageCrl {
  readonly der: Uint8Array;
  readonly issuersDer: readonly Uint8Array[];
}

/** A trust package, read and not yet trusted. */
export interface TrustPackage {
  /** SHA-256 of the document's bytes: its identity. */
  readonly sha256: Sha256Hex;
  readonly family: string;
  readonly version: number;
  readonly issued: Date;
  readonly minimumTime: Date;
  readonly reason: string;
  readonly products: ProductScope;
  readonly threshold: number;
  readonly anchors: readonly PackageAnchor[];
  readonly imageKeys: readonly PackageImageKey[];
  readonly crls: readonly PackageCrl[];
}

/**
 * Reads `trust.json` within its bounds. Refuses with `trust.package-invalid`, which names the field, or with what is wrong with a
 * certificate, key or list in it. Verifies no signature of the package.
 */
export function readTrustPackage(bytes: Uint8Array): Result<TrustPackage> {
  const { documentBytes: maxBytes, depth: maxDepth } = packageLimits;
  const json = parseStrictJson(bytes, { maxBytes, maxDepth, code: 'trust.package-invalid', what: 'The trust package' });
  if (!json.ok) return json;
  const parsed = v.safeParse(PackageDocument, json.value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue) ?? 'its top';
    return refuse('trust.package-invalid', `The trust package is wrong at ${field}: ${issue.message}.`, { field });
  }
  const read = catchRefusal(() => readContents(parsed.output, sha256Hex(bytes)));
  if ('ok' in read) return read;
  return checkAgreement(read) ?? accept(read);
}

function readContents(document: PackageDocument, sha256: Sha256Hex): TrustPackage {
  const { family, version, reason, products, threshold } = document;
  return {
    sha256,
    family,
    version,
    issued: new Date(document.issued),
    minimumTime: new Date(document.minimumTime),
    reason,
    products,
    threshold,
    anchors: document.anchors.map(readPackageAnchor),
    imageKeys: document.imageKeys.map(readPackageImageKey),
    crls: document.crls.map(readPackageCrl),
  };
}

/** Its validity is judged wherever a path ends at it, so that a package may bring a root whose time has yet to come. */
function readPackageAnchor({
  label,
  products,
  purpose,
  certificate,
}: PackageDocument['anchors'][number]): PackageAnchor {
  const parsed = unwrap(parseCertificate(Buffer.from(certificate, 'base64')));
  throwRefusal(checkLabel(label, products) ?? checkAnchorCertificate(parsed));
  return {
    der: Uint8Array.from(parsed.der),
    fingerprintSha256: parsed.fingerprintSha256,
    publicKeySha256: unwrap(parsed.publicKey).sha256,
    subject: describeName(parsed.subject),
    notBefore: parsed.notBefore,
    notAfter: parsed.notAfter,
    label,
    products,
    purpose,
  };
}

function readPackageImageKey({ label, products, publicKey }: PackageDocument['imageKeys'][number]): PackageImageKey {
  const der = Buffer.from(publicKey, 'base64');
  const scope = { label, products, typedFingerprint: sha256Hex(der), addedAt: new Date(0), addedBy: '' };
  const { spkiDer, keySha256, algorithm } = unwrap(readImageKey({ publicKey: der, ...scope }));
  return { spkiDer, keySha256, algorithm, label, products };
}

function readPackageCrl({ crl, issuers }: PackageDocument['crls'][number]): PackageCrl {
  const der = Buffer.from(crl, 'base64');
  const issuersDer = issuers.map((issuer) => Buffer.from(issuer, 'base64'));
  unwrap(parseCrl(der));
  for (const issuer of issuersDer) unwrap(parseCertificate(issuer));
  return { der, issuersDer };
}

function checkLabel(label: string, products: ProductScope): Refusal | undefined {
  return checkPinScope({ label, products, typedFingerprint: '', addedAt: new Date(0), addedBy: '' });
}

function throwRefusal(refusal: Refusal | undefined): void {
  if (refusal !== undefined) unwrap(refusal);
}

/** What the fields say of one another. */
function checkAgreement({ anchors, imageKeys, products, threshold }: TrustPackage): Refusal | undefined {
  const invalid = (why: string): Refusal => refuse('trust.package-invalid', `The trust package ${why}.`);
  if (hasTwice(anchors.map(({ fingerprintSha256 }) => fingerprintSha256)))
    return invalid('names one anchor twice, and an anchor has one purpose');
  if (hasTwice(imageKeys.map(({ keySha256 }) => keySha256))) return invalid('names one image key twice');
  const outside = [...anchors, ...imageKeys].find((one) => !one.products.every((id) => covers(products, id)));
  if (outside !== undefined)
    return invalid(`lets "${outside.label}" count for products that are not among the package's own`);
  // One key with two certificates is one custodian, as when its signatures are counted.
  const bundleAnchors = anchors.filter(({ purpose }) => purpose === 'bundle');
  const keys = new Set(bundleAnchors.map(({ publicKeySha256 }) => publicKeySha256)).size;
  if (keys < threshold)
    return invalid(`asks for ${threshold} anchors to sign, and has ${keys} bundle anchor(s) with keys of their own`);
  return undefined;
}

/** Whether a scope includes a product, or `'*'`. */
export function covers(scope: ProductScope, product: string): boolean {
  return scope.includes('*') || scope.includes(product);
}

function hasTwice(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}
