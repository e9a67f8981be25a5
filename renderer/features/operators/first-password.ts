/** Letters and digits that nobody takes for one another when they are read off a slip of paper: 32, so that each is worth five bits. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/**
 * A password to be handed over, e.g. `k7mqa-x2hfn-p9dcw-r4zte`: 100 random bits, long enough for the station's rules.
 * @param fill fills bytes with random ones, such as `crypto.getRandomValues`
 */
export function makeFirstPassword(fill: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const bytes = fill(new Uint8Array(groups * groupLength));
  const text = Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
  return text.replaceAll(/(.{5})(?=.)/g, '$1-');
}
