import * as v from 'valibot';
import { Sha256, UtcTime } from './bundle.ts';
import { AnchorView, ImageKeyView } from './station.ts';

const Products = v.array(v.string());

/** An anchor that a trust package brought. */
const PackageAnchorView = v.strictObject({
  fingerprintSha256: Sha256,
  subject: v.string(),
  label: v.string(),
  purpose: v.picklist(['bundle', 'timestamp']),
  products: Products,
  notBefore: UtcTime,
  notAfter: UtcTime,
});

const PackageImageKeyView = v.strictObject({
  keySha256: Sha256,
  algorithm: v.string(),
  label: v.string(),
  products: Products,
});

/** A trust package that is in force. */
export const TrustPackageView = v.strictObject({
  family: v.string(),
  version: v.number(),
  sha256: Sha256,
  issued: UtcTime,
  minimumTime: UtcTime,
  reason: v.string(),
  products: Products,
  threshold: v.number(),
  anchors: v.array(PackageAnchorView),
  imageKeys: v.array(PackageImageKeyView),
  adoptedAt: UtcTime,
  adoptedBy: v.string(),
});
export type TrustPackageView = v.InferOutput<typeof TrustPackageView>;

/** What a change of trust changes, by fingerprint. `fromVersion` 0: the family is new. */
export const TrustChangeView = v.strictObject({
  family: v.string(),
  kind: v.picklist(['first', 'next', 'anew']),
  fromVersion: v.number(),
  toVersion: v.number(),
  anchorsBefore: v.array(Sha256),
  anchorsAfter: v.array(Sha256),
  imageKeysBefore: v.array(Sha256),
  imageKeysAfter: v.array(Sha256),
});
export type TrustChangeView = v.InferOutput<typeof TrustChangeView>;

/** A change that was verified and waits for approval. */
export const ProposedTrustChange = v.strictObject({
  /** SHA-256 of the last package: what is approved. */
  sha256: Sha256,
  change: TrustChangeView,
  /** The last package's, for a person. */
  reason: v.string(),
  anchors: v.array(PackageAnchorView),
  signers: v.array(v.string()),
  /** True where nobody else may approve, so that the proposer does. */
  mayApproveAlone: v.boolean(),
});
export type ProposedTrustChange = v.InferOutput<typeof ProposedTrustChange>;

export const ApprovedTrustChange = v.strictObject({
  change: TrustChangeView,
  crlsTaken: v.number(),
  /** Lists that time has overtaken: out of date, or older than the station's. */
  crlsLeftOut: v.number(),
});
export type ApprovedTrustChange = v.InferOutput<typeof ApprovedTrustChange>;

const PendingTrustChange = v.strictObject({
  family: v.string(),
  sha256: Sha256,
  proposedAt: UtcTime,
  proposedBy: v.string(),
  /** Null where the packages no longer verify; then `refusal` says why. */
  change: v.nullable(TrustChangeView),
  /** What the last package says of itself and would have trusted; null with `change`. */
  package: v.nullable(
    v.strictObject({
      reason: v.string(),
      products: Products,
      anchors: v.array(PackageAnchorView),
      imageKeys: v.array(PackageImageKeyView),
    }),
  ),
  refusal: v.nullable(v.strictObject({ code: v.string(), reason: v.string() })),
});

export const TrustOverview = v.strictObject({
  packages: v.array(TrustPackageView),
  /** Pinned by hand; for products that a package speaks for they do not count. */
  pinnedAnchors: v.array(AnchorView),
  pinnedImageKeys: v.array(ImageKeyView),
  crls: v.array(
    v.strictObject({
      issuer: v.string(),
      fingerprintSha256: Sha256,
      /** Its cRLNumber, decimal; null where this release no longer reads the list. */
      number: v.nullable(v.string()),
      thisUpdate: UtcTime,
      nextUpdate: UtcTime,
      isCurrent: v.boolean(),
    }),
  ),
  proposals: v.array(PendingTrustChange),
  clock: v.strictObject({
    now: UtcTime,
    /** No clock before this time is believed; null before anything signed was seen. */
    floor: v.nullable(UtcTime),
    /** What raised the floor last, and in which event. */
    floorRaisedBy: v.nullable(v.strictObject({ by: v.string(), event: v.number() })),
    /** Why the clock is not believed now; null where it is. */
    refusal: v.nullable(v.strictObject({ code: v.string(), reason: v.string() })),
  }),
});
export type TrustOverview = v.InferOutput<typeof TrustOverview>;

export const TrustExport = v.strictObject({
  family: v.string(),
  version: v.number(),
  sha256: Sha256,
  /** The two files, Base64. */
  document: v.string(),
  signature: v.string(),
  anchors: v.array(
    v.strictObject({ label: v.string(), purpose: v.string(), fingerprintSha256: Sha256, pem: v.string() }),
  ),
});
export type TrustExport = v.InferOutput<typeof TrustExport>;
