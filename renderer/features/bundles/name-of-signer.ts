import type { BundleSigner } from '../../../contract/schema/bundle.ts';
import type { TrustOverview } from '../../../contract/schema/trust.ts';
import { printable } from '../../words/printable.ts';

/** The common name of a subject such as `CN=Acme release, O=Acme`; the whole subject where it has none. */
export function nameOfSigner(subject: string): string {
  const name = /(?:^|,\s*)CN=((?:\\.|[^,\\])+)/.exec(subject)?.[1];
  return printable(name?.replaceAll(/\\(.)/g, '$1') ?? subject);
}

/** The label of the root that a signer stands under; undefined where the station does not trust that root now. */
export function labelOfRoot({ anchorSha256 }: BundleSigner, trust: TrustOverview): string | undefined {
  const anchors = [...trust.packages.flatMap((one) => one.anchors), ...trust.pinnedAnchors];
  const label = anchors.find(({ fingerprintSha256 }) => fingerprintSha256 === anchorSha256)?.label;
  return label === undefined ? undefined : printable(label);
}
