import { createReadStream } from 'node:fs';
import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Manifest, ManifestImage } from '../../../contract/schema/bundle.ts';
import { MANIFEST_NAME } from '../archive/entry-name.ts';
import { checkDependencies } from '../images/check-dependencies.ts';
import type { VerifiedImageFile } from '../images/check-dependencies.ts';
import { parseManifest } from '../parse-manifest.ts';
import { checkMadeBundle } from './check-made-bundle.ts';
import type { MadeBundle } from './check-made-bundle.ts';
import { describeDocuments } from './describe-document.ts';
import type { DescribedDocument, DocumentInput } from './describe-document.ts';
import { describeProfiles } from './describe-profiles.ts';
import type { ProfileInput } from './describe-profiles.ts';
import type { ProfileFile } from '../profiles/check-profile.ts';
import { describeImage, nameOf } from './describe-image.ts';
import type { ImageInput } from './describe-image.ts';
import { makeDelta } from './make-delta.ts';
import type { MadeDelta } from './make-delta.ts';
import { partOf, writeArchive } from './write-archive.ts';
import type { ArchivePart } from './write-archive.ts';

/** What a vendor says of a bundle; lengths, hashes, counters and signatures are read from the image files. */
export interface BundleInput {
  readonly product: Manifest['product'];
  readonly release: Manifest['release'];
  /** UTC, `2026-11-22T09:00:00Z`. */
  readonly issued: string;
  readonly expires: string;
  readonly minStationVersion: string;
  readonly images: readonly ImageInput[];
  readonly documents?: readonly DocumentInput[];
  /** Device profiles for units of the product. */
  readonly profiles?: readonly ProfileInput[];
  /** The boot loader's keys (SubjectPublicKeyInfo, DER): then MCUboot images are checked against them, and `sig` is filled in. */
  readonly imageKeys?: readonly Uint8Array[];
}

/**
 * Makes an unsigned bundle: manifest, images (or their deltas), documents and device profiles, stored, in one fixed order, so that the same input gives the
 * same bytes. It is read back before it appears under its name; `signBundle` or `attachSignature` makes it complete.
 *
 * Refuses `bundle.manifest-invalid` and the other manifest checks, `bundle.file-unreadable`, `bundle.image-…`, `bundle.delta-…`,
 * `bundle.document-…`, `bundle.sbom-invalid`, `bundle.profile-…`, `device.profile-…`, `mcuboot.…`, `bundle.output-exists`, `bundle.output-failed`.
 */
export async function createBundle(input: BundleInput, out: string): Promise<Result<MadeBundle>> {
  const images: Partial<ManifestImage>[] = [];
  const deltas = new Map<string, Buffer>();
  for (const image of input.images) {
    const described = await describeImage(image, input.imageKeys ?? null);
    if (!described.ok) return described;
    const made = await makeDeltaOf(image);
    if (!made.ok) return made;
    if (made.value) deltas.set(made.value.delta.file, made.value.bytes);
    images.push({ ...described.value, ...(made.value ? { delta: made.value.delta } : {}) });
  }
  const documents = describeDocuments(input.documents ?? []);
  if (!documents.ok) return documents;
  const profiles = describeProfiles(input.profiles ?? [], input.product.id);
  if (!profiles.ok) return profiles;
  const manifest = writeManifest(input, images, documents.value, profiles.value);
  if (!manifest.ok) return manifest;
  const satisfied = checkDependencies(filesOf(input, manifest.value.manifest));
  if (!satisfied.ok) return satisfied;
  const parts = [
    partOf(MANIFEST_NAME, manifest.value.bytes),
    ...imageParts(input, manifest.value.manifest, deltas),
    ...documents.value.map(({ document, bytes }) => partOf(document.file, bytes)),
    ...profiles.value.map(({ listed, bytes }) => partOf(listed.file, bytes)),
  ];
  return writeArchive(out, parts, checkMadeBundle);
}

/** The keys stand in the order of docs/bundle-format.md; a station reads any order, people read this one. */
function writeManifest(
  input: BundleInput,
  images: readonly Partial<ManifestImage>[],
  papers: readonly DescribedDocument[],
  profileFiles: readonly ProfileFile[],
): Result<{ readonly bytes: Buffer; readonly manifest: Manifest }> {
  const { product, release, issued, expires, minStationVersion } = input;
  const documents = papers.length === 0 ? {} : { documents: papers.map(({ document }) => document) };
  const profiles = profileFiles.length === 0 ? {} : { profiles: profileFiles.map(({ listed }) => listed) };
  const claimed = {
    format: 'drydock-bundle/1',
    product,
    release,
    issued,
    expires,
    minStationVersion,
    images,
    ...documents,
    ...profiles,
  };
  const bytes = Buffer.from(`${JSON.stringify(claimed, null, 2)}\n`);
  const manifest = parseManifest(bytes);
  return manifest.ok ? accept({ bytes, manifest: manifest.value }) : manifest;
}

/** Each image of the manifest with the file that it was described from; both are in the same order. */
function filesOf(input: BundleInput, manifest: Manifest): VerifiedImageFile[] {
  return input.images.flatMap(({ path }, index) => {
    const image = manifest.images[index];
    return image === undefined ? [] : [{ image, path }];
  });
}

/** Null for an image that travels whole. */
async function makeDeltaOf(image: ImageInput): Promise<Result<MadeDelta | null>> {
  const { path, deltaFrom, deltaFromRelease } = image;
  if (deltaFrom === undefined) return accept(null);
  return makeDelta({
    name: nameOf(image),
    imagePath: path,
    basePath: deltaFrom,
    ...(deltaFromRelease === undefined ? {} : { baseRelease: deltaFromRelease }),
  });
}

function imageParts(input: BundleInput, manifest: Manifest, deltas: ReadonlyMap<string, Buffer>): ArchivePart[] {
  return filesOf(input, manifest).map(({ image, path }) => {
    const delta = image.delta && deltas.get(image.delta.file);
    if (image.delta && delta) return partOf(image.delta.file, delta);
    return { name: image.file, lenBytes: image.len, open: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
  });
}
