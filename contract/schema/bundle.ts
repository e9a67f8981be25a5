import * as v from 'valibot';

export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'));

/** UTC time with seconds: `2026-11-22T09:00:00Z`. */
export const UtcTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/, 'must be a UTC time such as 2026-11-22T09:00:00Z'),
  // Date.parse takes 31 February for 3 March; a real date comes out as it went in.
  v.check((text) => isRealTime(text), 'must be a real date and time'),
);

function isRealTime(text: string): boolean {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

/** Reverse-DNS or dotted product family name. */
export const ProductId = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/), v.maxLength(128));

const Label = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));

/** Security counter: 32 bits, as MCUboot keeps it (TLV 0x50). 0 is not used, so that "none" can never win. */
export const SecurityCounter = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffff_ffff));

/** The signature that the unit's boot loader checks, repeated in the manifest so that the station checks it too. */
export const ImageSignature = v.strictObject({
  algorithm: v.picklist(['ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'ed25519', 'rsa-pss-sha256']),
  /** SHA-256 of the image key's SubjectPublicKeyInfo. */
  key: Sha256,
  /** base64 */
  value: v.pipe(
    v.string(),
    v.maxLength(1024),
    v.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  ),
});
export type ImageSignature = v.InferOutput<typeof ImageSignature>;

const ByteCount = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffff_ffff));

/** How an image travels as a difference to another one; all that the image's other keys say is said of the result. */
export const ImageDelta = v.strictObject({
  /** One zstd frame (RFC 8878), made with the base as a raw dictionary. */
  algorithm: v.literal('zstd-dictionary'),
  /** Path inside the archive: `deltas/<name>`. */
  file: v.pipe(v.string(), v.regex(/^deltas\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
  /** Length in bytes. */
  len: ByteCount,
  /** SHA-256 of the delta's file. */
  hash: Sha256,
  /** The whole image file that the delta starts from; `release` tells people where it came from. */
  base: v.strictObject({ hash: Sha256, len: ByteCount, release: v.exactOptional(Label) }),
});
export type ImageDelta = v.InferOutput<typeof ImageDelta>;

export const ManifestImage = v.strictObject({
  /** Path inside the archive: `images/<name>`; of an image that comes as a delta, the name of the result. */
  file: v.pipe(v.string(), v.regex(/^images\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
  /** Monotonic security counter. */
  version: SecurityCounter,
  /** Logical slot of the device profile, e.g. `application`. */
  slot: Token,
  /** Length in bytes. */
  len: ByteCount,
  /** SHA-256 of the whole image file. */
  hash: Sha256,
  format: v.picklist(['mcuboot', 'raw']),
  sig: v.nullable(ImageSignature),
  /** MCUboot's number of the image, by which other images' dependencies name it; 0 where it is left out. */
  index: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15))),
  /** Hardware identifiers that this image is made for. */
  compat: v.pipe(v.array(Token), v.minLength(1), v.maxLength(64)),
  delta: v.exactOptional(ImageDelta),
});
export type ManifestImage = v.InferOutput<typeof ManifestImage>;

export const DocumentKind = v.picklist(['sbom', 'release-notes', 'change-control', 'other']);
export type DocumentKind = v.InferOutput<typeof DocumentKind>;

export const SBOM_MEDIA_TYPE = 'application/vnd.cyclonedx+json';

/** Media types of documents. A closed list: each is checked to be what it says. */
export const DocumentMediaType = v.picklist([SBOM_MEDIA_TYPE, 'text/plain', 'text/markdown', 'application/pdf']);
export type DocumentMediaType = v.InferOutput<typeof DocumentMediaType>;

/** A paper that belongs to the release: shown to whoever approves, never sent to a unit. */
export const ManifestDocument = v.pipe(
  v.strictObject({
    /** Path inside the archive: `documents/<name>`. */
    file: v.pipe(v.string(), v.regex(/^documents\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
    kind: DocumentKind,
    title: Label,
    mediaType: DocumentMediaType,
    /** Length in bytes. */
    len: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16 * 1024 * 1024)),
    /** SHA-256 of the whole file. */
    hash: Sha256,
  }),
  v.check(
    ({ kind, mediaType }) => (kind === 'sbom') === (mediaType === SBOM_MEDIA_TYPE),
    `kind sbom and mediaType ${SBOM_MEDIA_TYPE} must go together`,
  ),
);
export type ManifestDocument = v.InferOutput<typeof ManifestDocument>;

/** Longest device profile, wherever it comes from. */
export const MAX_PROFILE_BYTES = 64 * 1024;

/**
 * A device profile that the bundle brings for units of its product (docs/device-profiles.md): by it the station recognises and drives
 * them, as long as the bundle is approved.
 */
export const ManifestProfile = v.strictObject({
  /** Path inside the archive: `profiles/<name>`. */
  file: v.pipe(v.string(), v.regex(/^profiles\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
  /** Length in bytes. */
  len: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PROFILE_BYTES)),
  /** SHA-256 of the whole file. */
  hash: Sha256,
});
export type ManifestProfile = v.InferOutput<typeof ManifestProfile>;

/** `manifest.json` of a bundle (docs/bundle-format.md). Strict: unknown keys are refused. */
export const Manifest = v.strictObject({
  format: v.literal('drydock-bundle/1'),
  product: v.strictObject({ id: ProductId, name: Label }),
  release: v.strictObject({
    name: Label,
    changeControl: Label,
    notes: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  }),
  issued: UtcTime,
  expires: UtcTime,
  minStationVersion: v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})$/)),
  images: v.pipe(v.array(ManifestImage), v.minLength(1), v.maxLength(64)),
  documents: v.optional(v.pipe(v.array(ManifestDocument), v.minLength(1), v.maxLength(16))),
  profiles: v.optional(v.pipe(v.array(ManifestProfile), v.minLength(1), v.maxLength(16))),
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** A pinned time-stamping authority's word that a signature existed at `time`, give or take `accuracyMs` (RFC 3161). */
export const SignatureTimestamp = v.strictObject({
  time: UtcTime,
  accuracyMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  authority: v.string(),
  authorityCertificateSha256: Sha256,
  anchorSha256: Sha256,
});
export type SignatureTimestamp = v.InferOutput<typeof SignatureTimestamp>;

export const BundleSigner = v.strictObject({
  subject: v.string(),
  certificateSha256: Sha256,
  publicKeySha256: Sha256,
  notAfter: UtcTime,
  signingTime: v.nullable(UtcTime),
  anchorSha256: Sha256,
  /** Absent where the signature carries none of a pinned authority. */
  timestamp: v.exactOptional(SignatureTimestamp),
});
export type BundleSigner = v.InferOutput<typeof BundleSigner>;

/** A bundle that was imported: verified, and in the store. `digest` is the SHA-256 of manifest.json's exact bytes: its identity. */
export const BundleView = v.strictObject({
  digest: Sha256,
  manifest: Manifest,
  signers: v.array(BundleSigner),
  importedAt: UtcTime,
  /** Id of the operator. */
  importedBy: v.string(),
});
export type BundleView = v.InferOutput<typeof BundleView>;
