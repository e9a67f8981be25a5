/** The hexadecimal digits of a typed fingerprint, as the station reads them: a name before it, grouping and case do not matter. */
export function digitsOf(typed: string): string {
  return typed
    .trim()
    .replace(/^sha-?256(?: fingerprint)?\s*[:=]/i, '')
    .replaceAll(/[\s:.-]/g, '')
    .toLowerCase();
}

/** Number of the first digit that is not the file's, from 1; null where all so far are. The station decides; this only tells early. */
export function firstDifference(typed: string, actual: string): number | null {
  const at = Array.from(digitsOf(typed)).findIndex((digit, place) => digit !== actual[place]);
  return at < 0 ? null : at + 1;
}
