import type { TrustOverview, TrustPackageView } from '../../../contract/schema/trust.ts';
import { trustWords } from './words.ts';

type Proposal = TrustOverview['proposals'][number];
type Effect = typeof trustWords.added | typeof trustWords.leaves | typeof trustWords.stays;

/** A root or key that a change brings, takes away or keeps. */
export interface ChangedThing {
  readonly fingerprint: string;
  readonly what: typeof trustWords.anchorOf | typeof trustWords.keyOf;
  readonly effect: Effect;
  /** As the packages call it, and for which products it counts; of what goes, as the package in force does. */
  readonly label: string;
  readonly products: readonly string[];
}

/**
 * Each root and key of a change: what comes first, then what goes, then what stays.
 * @param before the family's package in force, where there is one
 */
export function changedThings(
  change: NonNullable<Proposal['change']>,
  after: Proposal['package'],
  before: TrustPackageView | undefined,
): readonly ChangedThing[] {
  const anchors = [...(after?.anchors ?? []), ...(before?.anchors ?? [])];
  const keys = [...(after?.imageKeys ?? []), ...(before?.imageKeys ?? [])];
  const all = [
    ...compare(change.anchorsBefore, change.anchorsAfter).map((one) => {
      const { label = '', products = [] } = anchors.find((each) => each.fingerprintSha256 === one.fingerprint) ?? {};
      return { ...one, what: trustWords.anchorOf, label, products };
    }),
    ...compare(change.imageKeysBefore, change.imageKeysAfter).map((one) => {
      const { label = '', products = [] } = keys.find((each) => each.keySha256 === one.fingerprint) ?? {};
      return { ...one, what: trustWords.keyOf, label, products };
    }),
  ];
  const order: readonly Effect[] = [trustWords.added, trustWords.leaves, trustWords.stays];
  return order.flatMap((effect) => all.filter((one) => one.effect === effect));
}

function compare(before: readonly string[], after: readonly string[]) {
  const effectOf = (fingerprint: string): Effect => {
    if (!before.includes(fingerprint)) return trustWords.added;
    return after.includes(fingerprint) ? trustWords.stays : trustWords.leaves;
  };
  return [...new Set([...after, ...before])].map((fingerprint) => ({ fingerprint, effect: effectOf(fingerprint) }));
}
