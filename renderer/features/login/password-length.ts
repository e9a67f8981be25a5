/** NIST SP 800-63B-4 §3.1.1.2. The core decides; this only counts along while somebody types. */
export const leastCharacters = 15;

/** Code points in normalization form C, as the core counts them. */
export function countCharacters(password: string): number {
  return Array.from(password.normalize('NFC')).length;
}
