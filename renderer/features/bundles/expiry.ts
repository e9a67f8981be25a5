import type { BundleView } from '../../../contract/schema/bundle.ts';

/** Long enough to ask a vendor for a bundle that is signed anew. */
const soonDays = 30;
const dayMs = 86_400_000;

/** Something that ends, or has ended, and with it the installing of the bundle. */
export interface Expiry {
  readonly what: 'bundle' | { readonly signer: string };
  /** Whole days that are left; negative once it has ended. */
  readonly days: number;
  readonly at: string;
}

/**
 * What is worth a warning: the bundle ends within 30 days, or a signer's certificate ends before the bundle does and within 30 days, or has
 * ended. A bundle that has ended itself is told of by its state.
 *
 * @param nowMs milliseconds of the machine's clock; only shown by, never decided by
 */
export function findExpiries({ manifest, signers }: BundleView, nowMs: number): readonly Expiry[] {
  const daysTo = (utc: string): number => Math.floor((Date.parse(utc) - nowMs) / dayMs);
  const days = daysTo(manifest.expires);
  if (days < 0) return [];
  return [
    ...(days < soonDays ? [{ what: 'bundle' as const, days, at: manifest.expires }] : []),
    ...signers
      .filter(({ notAfter }) => Date.parse(notAfter) < Date.parse(manifest.expires) && daysTo(notAfter) < soonDays)
      .map(({ subject, notAfter }) => ({ what: { signer: subject }, days: daysTo(notAfter), at: notAfter })),
  ];
}

/** Until when the bundle can be installed as far as is known now: its own end, or that of the certificate of its only signer. */
export function countsUntil({ manifest, signers }: BundleView): string {
  const [only, ...others] = signers;
  const isShorter =
    only !== undefined && others.length === 0 && Date.parse(only.notAfter) < Date.parse(manifest.expires);
  return isShorter ? only.notAfter : manifest.expires;
}
