import type { TrustChangeView } from '../../../contract/schema/trust.ts';
import { trustWords } from './words.ts';

type Effect = typeof trustWords.added | typeof trustWords.leaves | typeof trustWords.stays;

/** Each root and key of a change: what comes first, then what goes, then what stays. */
export function changedFingerprints(change: TrustChangeView): readonly {
  readonly fingerprint: string;
  readonly what: typeof trustWords.anchorOf | typeof trustWords.keyOf;
  readonly effect: Effect;
}[] {
  const all = [
    ...compare(change.anchorsBefore, change.anchorsAfter, trustWords.anchorOf),
    ...compare(change.imageKeysBefore, change.imageKeysAfter, trustWords.keyOf),
  ];
  const order: readonly Effect[] = [trustWords.added, trustWords.leaves, trustWords.stays];
  return order.flatMap((effect) => all.filter((one) => one.effect === effect));
}

function compare<W>(before: readonly string[], after: readonly string[], what: W) {
  const effectOf = (fingerprint: string): Effect => {
    if (!before.includes(fingerprint)) return trustWords.added;
    return after.includes(fingerprint) ? trustWords.stays : trustWords.leaves;
  };
  return [...new Set([...after, ...before])].map((fingerprint) => ({
    fingerprint,
    what,
    effect: effectOf(fingerprint),
  }));
}
