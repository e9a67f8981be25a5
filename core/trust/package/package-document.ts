import * as v from 'valibot';
import { ProductId, UtcTime } from '../../../contract/schema/bundle.ts';

export const trustPackageFormat = 'drydock-trust/1';

/** Hard bounds of a trust package, checked before the work that they bound (docs/trust-package.md). */
export const packageLimits = {
  documentBytes: 4 * 1024 * 1024,
  depth: 6,
  signatureBytes: 256 * 1024,
  anchors: 64,
  imageKeys: 64,
  crls: 64,
  /** CA certificates beside one revocation list. */
  issuers: 16,
  threshold: 8,
  version: 1_000_000_000,
} as const;

const Label = v.pipe(v.string(), v.minLength(1), v.maxLength(120));
const Products = v.pipe(
  v.array(v.union([v.literal('*'), ProductId], 'must be a product id, or "*" for all')),
  v.minLength(1),
  v.maxLength(64),
  v.check((products) => new Set(products).size === products.length, 'must not name a product twice'),
  v.check((products) => products.length === 1 || !products.includes('*'), 'must name "*" alone'),
);

/** Base64 (RFC 4648 §4) in its one spelling: what is signed has no second form. */
const Base64 = v.pipe(
  v.string(),
  v.minLength(4),
  v.check((text) => Buffer.from(text, 'base64').toString('base64') === text, 'must be Base64 with padding'),
);

export const TrustFamily = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 'must be lower-case letters and digits with single . or - between them'),
  v.maxLength(64),
);

/** `trust.json` (docs/trust-package.md). Strict: unknown keys are refused. */
export const PackageDocument = v.strictObject({
  format: v.literal(trustPackageFormat),
  /** Whose trust this is: the family's packages follow one another. */
  family: TrustFamily,
  version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(packageLimits.version)),
  issued: UtcTime,
  /** No clock before this time is believed from then on. */
  minimumTime: UtcTime,
  /** Why there is this version, for those who approve it. */
  reason: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  /** What the family's anchors and keys may at most count for. */
  products: Products,
  /** How many of this package's bundle anchors must sign it, and the next one. */
  threshold: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(packageLimits.threshold)),
  anchors: v.pipe(
    v.array(
      v.strictObject({
        label: Label,
        /** `timestamp`: a time-stamping authority, which never vouches for a bundle. */
        purpose: v.picklist(['bundle', 'timestamp']),
        products: Products,
        certificate: Base64,
      }),
    ),
    v.minLength(1),
    v.maxLength(packageLimits.anchors),
  ),
  imageKeys: v.pipe(
    v.array(v.strictObject({ label: Label, products: Products, publicKey: Base64 })),
    v.maxLength(packageLimits.imageKeys),
  ),
  crls: v.pipe(
    v.array(
      v.strictObject({
        crl: Base64,
        /** Certificates of the CA that signed the list and of those above it, up to below the anchor; none where an anchor signed it. */
        issuers: v.pipe(v.array(Base64), v.maxLength(packageLimits.issuers)),
      }),
    ),
    v.maxLength(packageLimits.crls),
  ),
});
export type PackageDocument = v.InferOutput<typeof PackageDocument>;
