import { refuse, type Refusal } from '../../../contract/result.ts';
import type { TrustAnchor } from '../repository.ts';
import { covers, type TrustPackage } from './read-package.ts';

/**
 * A package speaks for no product for which somebody else is trusted: `trust.package-products`. Two families never share a product; a
 * family that grows takes none over that an anchor was pinned for. The first package of a family may: the administrator begins it
 * knowingly, and says so with its fingerprint.
 */
export function checkProducts(
  next: TrustPackage,
  previous: TrustPackage | null,
  others: readonly TrustPackage[],
  pins: readonly TrustAnchor[],
): Refusal | undefined {
  for (const other of others.filter(({ family }) => family !== next.family)) {
    const shared = next.products.find((product) => overlaps(other.products, product));
    if (shared !== undefined) return refuseProduct(next, shared, `the trust of ${other.family} speaks for it`);
  }
  if (previous === null) return undefined;
  const grown = next.products.filter((product) => !covers(previous.products, product));
  for (const product of grown) {
    const pin = pins.find(({ products }) => overlaps(products, product));
    if (pin !== undefined)
      return refuseProduct(next, product, `the anchor "${pin.label}" was pinned for it; remove that pin first`);
  }
  return undefined;
}

function overlaps(scope: readonly string[], product: string): boolean {
  return product === '*' || covers(scope, product);
}

function refuseProduct({ family, version }: TrustPackage, product: string, why: string): Refusal {
  const reason = `Version ${version} of the trust of ${family} would speak for ${product}, but ${why}.`;
  return refuse('trust.package-products', reason, { family, product });
}
