import * as v from 'valibot';
import { DocumentKind, ProductId, SecurityCounter, Sha256 } from './bundle.ts';

const ImageSide = v.strictObject({
  file: v.string(),
  version: SecurityCounter,
  lenBytes: v.number(),
  sha256: Sha256,
  /** SHA-256 of the image key; null where the image is not signed. */
  keySha256: v.nullable(Sha256),
});
export type ImageSide = v.InferOutput<typeof ImageSide>;

/** What one slot of some hardware has before and after; hardware with the same two images is one line. Null: no image for it. */
export const ImageChange = v.strictObject({
  slot: v.string(),
  hardware: v.array(v.string()),
  from: v.nullable(ImageSide),
  to: v.nullable(ImageSide),
  /** Bit for bit. */
  isSame: v.boolean(),
});
export type ImageChange = v.InferOutput<typeof ImageChange>;

/** A document before and after: found again by its file name, or as the only one left of its kind. */
export const DocumentChange = v.strictObject({
  kind: DocumentKind,
  title: v.string(),
  file: v.string(),
  change: v.picklist(['added', 'removed', 'changed', 'same']),
});
export type DocumentChange = v.InferOutput<typeof DocumentChange>;

/** A bundle beside another one of the same product, as their manifests say. */
export const BundleComparison = v.strictObject({
  digest: Sha256,
  against: Sha256,
  images: v.array(ImageChange),
  documents: v.array(DocumentChange),
  hardwareAdded: v.array(v.string()),
  hardwareRemoved: v.array(v.string()),
  /** The device profiles are other ones. */
  profilesChanged: v.boolean(),
});
export type BundleComparison = v.InferOutput<typeof BundleComparison>;

const ComponentSide = v.strictObject({
  /** Null where the SBOM gives none. */
  version: v.nullable(v.string()),
  licence: v.nullable(v.string()),
});

/** A component of a bundle's SBOMs. Texts come from the SBOM's maker and are cut at 200 characters. */
export const ComponentLine = v.strictObject({
  /** With its group, where it has one: `group/name`. */
  name: v.string(),
  from: v.nullable(ComponentSide),
  to: v.nullable(ComponentSide),
  /** `listed`: there is nothing to compare with. `licence`: of the same version. */
  change: v.picklist(['added', 'removed', 'version', 'licence', 'same', 'listed']),
});
export type ComponentLine = v.InferOutput<typeof ComponentLine>;

export const ComponentComparison = v.strictObject({
  /** Whether the bundle has an SBOM, and the one that it is compared with; null where there is none to compare with. */
  hasSbom: v.boolean(),
  againstHasSbom: v.nullable(v.boolean()),
  /** Changes first, then by name; the first 10 000. */
  lines: v.array(ComponentLine),
  omitted: v.number(),
  counts: v.strictObject({
    added: v.number(),
    removed: v.number(),
    version: v.number(),
    licence: v.number(),
    same: v.number(),
    listed: v.number(),
  }),
});
export type ComponentComparison = v.InferOutput<typeof ComponentComparison>;

/** Units that run the same version from the same bundle, as this station's jobs last found them. */
export const InstalledVersion = v.strictObject({
  version: SecurityCounter,
  /** The bundle that brought it here; null where no job of this station did. */
  bundle: v.nullable(v.strictObject({ digest: Sha256, release: v.nullable(v.string()) })),
  units: v.number(),
  /** How many of them stand at the bench now. */
  atBench: v.number(),
  /** The first 20 serial numbers. */
  serials: v.array(v.string()),
  /** What the bundle would do to them; `unclear` where its images are both above and below. */
  step: v.picklist(['raise', 'same', 'lower', 'unclear']),
});
export type InstalledVersion = v.InferOutput<typeof InstalledVersion>;

export const InstalledVersions = v.strictObject({
  product: ProductId,
  /** Most units first. */
  versions: v.array(InstalledVersion),
  /** Units of the product whose running version no job has read, or that were left indeterminate. */
  unknown: v.number(),
  /** False where there are more than the 500 units that were looked at. */
  isWhole: v.boolean(),
  /** Digest of the bundle that is best compared with: what most units run, or else the one imported before; null: none. */
  suggested: v.nullable(Sha256),
});
export type InstalledVersions = v.InferOutput<typeof InstalledVersions>;
