import type { Manifest, ManifestDocument, ManifestImage } from '../../../contract/schema/bundle.ts';
import type {
  BundleComparison,
  DocumentChange,
  ImageChange,
  ImageSide,
} from '../../../contract/schema/bundle-comparison.ts';

/** What changes from one manifest of a product to another. Bounded as manifests are: 64 images for 64 hardware identifiers each, 16 documents. */
export function compareManifests(before: Manifest, after: Manifest): Omit<BundleComparison, 'digest' | 'against'> {
  const [old, fresh] = [before, after].map(({ images }) => new Set(images.flatMap(({ compat }) => compat)));
  return {
    images: compareImages(before.images, after.images),
    documents: compareDocuments(before.documents ?? [], after.documents ?? []),
    hardwareAdded: [...(fresh ?? [])].filter((id) => old?.has(id) !== true).toSorted(),
    hardwareRemoved: [...(old ?? [])].filter((id) => fresh?.has(id) !== true).toSorted(),
    profilesChanged: hashesOf(before) !== hashesOf(after),
  };
}

function hashesOf({ profiles = [] }: Manifest): string {
  return profiles
    .map(({ hash }) => hash)
    .toSorted()
    .join(' ');
}

/** A manifest gives at most one image for each hardware and slot. */
function compareImages(before: readonly ManifestImage[], after: readonly ManifestImage[]): ImageChange[] {
  const [old, fresh] = [byPlace(before), byPlace(after)];
  const lines = new Map<string, ImageChange>();
  for (const [place, { slot, hardware }] of new Map([...fresh, ...old])) {
    const [from, to] = [old.get(place)?.image ?? null, fresh.get(place)?.image ?? null];
    const key = JSON.stringify([slot, from?.file, to?.file]);
    const line = lines.get(key);
    if (line === undefined) {
      const isSame = from !== null && from.hash === to?.hash;
      lines.set(key, { slot, hardware: [hardware], from: viewImage(from), to: viewImage(to), isSame });
    } else line.hardware.push(hardware);
  }
  return [...lines.values()];
}

function byPlace(images: readonly ManifestImage[]) {
  return new Map(
    images.flatMap((image) =>
      image.compat.map((hardware) => [`${hardware} ${image.slot}`, { slot: image.slot, hardware, image }] as const),
    ),
  );
}

function viewImage(image: ManifestImage | null): ImageSide | null {
  if (image === null) return null;
  const { file, version, len, hash, sig } = image;
  return { file, version, lenBytes: len, sha256: hash, keySha256: sig?.key ?? null };
}

function compareDocuments(before: readonly ManifestDocument[], after: readonly ManifestDocument[]): DocumentChange[] {
  const gone = new Map(before.map((document) => [document.file, document]));
  const paired = new Map<ManifestDocument, ManifestDocument>();
  for (const document of after) {
    const found = gone.get(document.file);
    if (found === undefined) continue;
    paired.set(document, found);
    gone.delete(document.file);
  }
  // A vendor may put the release into the file's name: what is the only one of its kind on both sides is the same paper.
  for (const document of after.filter((one) => !paired.has(one))) {
    const left = [...gone.values()].filter(({ kind }) => kind === document.kind);
    const rivals = after.filter((one) => !paired.has(one) && one.kind === document.kind);
    const [only] = left;
    if (only === undefined || left.length > 1 || rivals.length > 1) continue;
    paired.set(document, only);
    gone.delete(only.file);
  }
  return [
    ...after.map((document) => {
      const earlier = paired.get(document);
      if (earlier === undefined) return describe(document, 'added');
      return describe(document, earlier.hash === document.hash ? 'same' : 'changed');
    }),
    ...[...gone.values()].map((document) => describe(document, 'removed')),
  ];
}

function describe({ kind, title, file }: ManifestDocument, change: DocumentChange['change']): DocumentChange {
  return { kind, title, file, change };
}
