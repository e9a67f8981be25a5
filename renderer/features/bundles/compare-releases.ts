import type { BundleView } from '../../../contract/schema/bundle.ts';

/** What one slot of one hardware gets, seen from an earlier bundle of the product. Versions are security counters. */
export interface SlotChange {
  readonly slot: string;
  readonly from: number | null;
  readonly to: number | null;
  /** The image file has the same SHA-256. */
  readonly isSame: boolean;
}

/** The bundle of the same product that was imported last before this one. */
export function findBefore(bundle: BundleView, all: readonly BundleView[]): BundleView | undefined {
  return all
    .filter(({ manifest, digest }) => manifest.product.id === bundle.manifest.product.id && digest !== bundle.digest)
    .filter(({ importedAt }) => importedAt < bundle.importedAt)
    .toSorted((a, b) => b.importedAt.localeCompare(a.importedAt))[0];
}

/** Slot by slot, in the order of the later manifest; what only the earlier has comes last. */
export function compareReleases(before: BundleView, after: BundleView): readonly SlotChange[] {
  const [old, fresh] = [bySlot(before), bySlot(after)];
  return [...new Set([...fresh.keys(), ...old.keys()])].map((slot) => {
    const [from, to] = [old.get(slot), fresh.get(slot)];
    return {
      slot,
      from: from?.version ?? null,
      to: to?.version ?? null,
      isSame: from !== undefined && from.hash === to?.hash,
    };
  });
}

/** A manifest gives at most one image for each hardware and slot. */
function bySlot({ manifest }: BundleView): Map<string, { readonly version: number; readonly hash: string }> {
  const hardware = new Set(manifest.images.flatMap(({ compat }) => compat));
  return new Map(
    manifest.images.flatMap((image) =>
      image.compat.map((id) => [hardware.size > 1 ? `${image.slot} (${id})` : image.slot, image] as const),
    ),
  );
}
