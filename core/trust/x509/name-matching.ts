import type { DistinguishedName, NameAttribute } from './name.ts';

export type SubtreeVerdict = 'inside' | 'outside' | 'not-comparable';

/**
 * Whether `name` lies in the subtree `base`: its first RDNs equal those of `base` (RFC 5280 §4.2.1.10, §7.1). A value that is no character string,
 * where the other name has a different one of the same place, cannot be compared: it could be the same text in a type that nobody reads.
 */
export function compareWithSubtree(name: DistinguishedName, base: DistinguishedName): SubtreeVerdict {
  for (const [i, rdn] of base.rdns.entries()) {
    const other = name.rdns[i];
    if (other === undefined) return 'outside';
    if (foldRdn(rdn) === foldRdn(other)) continue;
    return [...rdn, ...other].some(({ text }) => text === undefined) ? 'not-comparable' : 'outside';
  }
  return 'inside';
}

/** Whether two names are the same, however their texts are spelled (RFC 5280 §7.1). */
export function isSameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.rdns.length === b.rdns.length && compareWithSubtree(a, b) === 'inside';
}

/** Folding is the dear part of a comparison: done once for each RDN. */
const folded = new WeakMap<readonly NameAttribute[], string>();

function foldRdn(rdn: readonly NameAttribute[]): string {
  const known = folded.get(rdn);
  if (known !== undefined) return known;
  const text = rdn.map(foldAttribute).sort().join('\u0000');
  folded.set(rdn, text);
  return text;
}

/**
 * Text values compare without regard to case, to runs of space and to what is not seen, whatever string type holds them (RFC 5280 §7.1, RFC 4518 §2),
 * so that a respelled name cannot slip past an excluded subtree. Everything else compares by its bytes.
 */
function foldAttribute({ type, rawValue, text }: NameAttribute): string {
  return text === undefined ? `${type}#${Buffer.from(rawValue).toString('hex')}` : `${type}=${foldText(text)}`;
}

/** RFC 4518 §2.2: soft hyphens, variation selectors, joiners and control characters stand for nothing. */
const unseen = /[\p{Cc}\p{Cf}\u034f\u1806\u180b-\u180d\ufe00-\ufe0f\ufffc]/gu;

/** To upper case first: only so do "ß" and "SS", and both small sigmas, become one. */
function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u0085]+/gu, ' ')
    .replace(unseen, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/ +/g, ' ')
    .trim();
}
