const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Hard bounds of a bundle, all checked before the work that they bound (docs/bundle-format.md lists them for vendors). */
export const BUNDLE_LIMITS = {
  archiveBytes: 8 * GIB,
  /** Room for 64 images, 16 documents, 16 device profiles, the manifest and its signature. */
  entries: 102,
  /** All entries together, unpacked. */
  unpackedBytes: 8 * GIB,
  /** Unpacked ÷ packed length of one entry. */
  packRatio: 200,
  /** The archive's directory: 102 entries with longest names and generous extra fields. */
  directoryBytes: 128 * KIB,
  manifestBytes: 1 * MIB,
  /** Levels of nesting in manifest.json; the format itself needs five. */
  manifestDepth: 8,
  signatureBytes: 256 * KIB,
  documentBytes: 16 * MIB,
  /** Levels of nesting in an SBOM, whose components may hold components. */
  sbomDepth: 64,
  /** Values in an SBOM, counted before it is parsed: what bounds the memory that parsing takes. */
  sbomValues: 500_000,
  /** Components and bytes of all SBOMs of a bundle together, where they are listed or compared. */
  comparedComponents: 100_000,
  comparedSbomBytes: 32 * MIB,
  /** A delta lies in memory while it is applied, and its base twice (zstd keeps a copy of a dictionary). */
  deltaBytes: 32 * MIB,
  deltaBaseBytes: 64 * MIB,
  /** Of an image that comes as a delta: zstd's window is as large as the result. */
  deltaResultBytes: 64 * MIB,
} as const;

/** Longest file name the format allows: `documents/<name>`. */
export const LONGEST_NAME_BYTES = 'documents/'.length + 100;
