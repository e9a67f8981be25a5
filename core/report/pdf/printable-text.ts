import type { FontCoverage } from './font-coverage.ts';

/** More than this in one field is cut on paper, visibly; the JSON has all of it. */
const maxPrintedCharacters = 1200;

/** Control, format, private and unassigned code points: they could hide or reorder what stands beside them (Unicode TR36). */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/u;

/**
 * Makes any text printable: what the font cannot draw, and what would not be seen, is written as `[U+4E2D]`. White space
 * becomes one space.
 */
export function printableText(text: string, covers: FontCoverage): string {
  const characters = Array.from(text.replace(/[\t\n\r ]+/g, ' ').trim());
  const shown = characters.slice(0, maxPrintedCharacters).map((character) => printableCharacter(character, covers));
  const cut = characters.length - maxPrintedCharacters;
  return shown.join('') + (cut > 0 ? `… [${cut} more characters in the JSON]` : '');
}

function printableCharacter(character: string, covers: FontCoverage): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (covers(codePoint) && !invisible.test(character)) return character;
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** A digest as a person compares it: groups of four. */
export function groupByFour(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
