import { readFileSync } from 'node:fs';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';

/** NIST SP 800-63B-4 §3.1.1.2: 15 characters where the password is the only factor; each code point counts as one. */
const MIN_CHARACTERS = 15;
/** The same clause: 8 where the password is one of two factors. */
const MIN_CHARACTERS_BESIDE_FACTOR = 8;
/** Far above the 64 characters that §3.1.1.2 asks to permit; bounds the work of hashing. */
const MAX_BYTES = 1024;
/** A context word shorter than this ("al") would stand in too many good passwords. */
const MIN_CONTEXT_WORD = 3;
/** What is left without context words, or is repeated, must have at least this length to count as a choice of one's own. */
const MIN_OWN_CHARACTERS = 8;

export interface PasswordRules {
  /** Common passwords, lower case. */
  readonly blocklist: ReadonlySet<string>;
  /** Names that belong to the station, not to a person: its own name, the program's. */
  readonly stationWords: readonly string[];
}

/** Reads a list of common passwords, one a line. */
export function loadPasswordBlocklist(path: string): ReadonlySet<string> {
  const words = readFileSync(path, 'utf8').split(/\r?\n/);
  return new Set(words.map((word) => foldCase(normalizePassword(word))).filter((word) => word !== ''));
}

/**
 * The one form in which a password is measured, compared and hashed: Unicode normalization form C, as the OpaqueString
 * profile for passwords has it (RFC 8265 §4.2.2), so that the same keys on two keyboards give the same password.
 */
export function normalizePassword(typed: string): string {
  return typed.normalize('NFC');
}

/**
 * Decides whether a password may be set (NIST SP 800-63B-4 §3.1.1.2): length, and not "commonly used, expected, or
 * compromised". There are no composition rules. `personalWords` are the operator's own names.
 * `besideFactor`: the operator has a second factor, so that a shorter one is enough.
 * Refuses with `operator.password-malformed`, `-too-short`, `-too-long`, `-common` or `-contextual`; never repeats the password.
 */
export function checkNewPassword(
  typed: string,
  rules: PasswordRules,
  personalWords: readonly string[],
  besideFactor = false,
): Result<void> {
  if (!typed.isWellFormed())
    return refuse('operator.password-malformed', 'The password holds characters that are not valid Unicode.');
  const password = normalizePassword(typed);
  const characters = codePoints(password).length;
  const least = besideFactor ? MIN_CHARACTERS_BESIDE_FACTOR : MIN_CHARACTERS;
  if (characters < least) {
    const reason = `The password has ${characters} characters, it needs at least ${least}; a few words in a row are easy to remember.`;
    return refuse('operator.password-too-short', reason, { characters, least });
  }
  const lenBytes = Buffer.byteLength(password, 'utf8');
  if (lenBytes > MAX_BYTES) {
    return refuse(
      'operator.password-too-long',
      `The password has ${lenBytes} bytes, at most ${MAX_BYTES} are allowed.`,
      { lenBytes },
    );
  }
  const folded = foldCase(password);
  if (rules.blocklist.has(folded)) {
    return refuse('operator.password-common', 'The password is on the list of passwords that attackers try first.');
  }
  const unit = repeatedUnit(folded);
  if (isRun(folded) || (unit !== folded && isWeak(unit, rules))) {
    return refuse('operator.password-common', 'The password is a simple run or repetition, which attackers try early.');
  }
  const words = [...rules.stationWords, ...personalWords].flatMap(wordsOf);
  const own = words.reduce((rest, word) => rest.replaceAll(word, ''), folded);
  if (own !== folded && isWeak(own, rules)) {
    const reason =
      'The password is little more than your name, the name of the station or of the program; add words of your own.';
    return refuse('operator.password-contextual', reason);
  }
  return accept(undefined);
}

/** Whether a password is too short to be the only factor. */
export function isShortPassword(typed: string): boolean {
  return codePoints(normalizePassword(typed)).length < MIN_CHARACTERS;
}

/** The unit in which NIST counts length (§3.1.1.2). */
function codePoints(text: string): string[] {
  return Array.from(text);
}

function isWeak(text: string, rules: PasswordRules): boolean {
  return codePoints(text).length < MIN_OWN_CHARACTERS || rules.blocklist.has(text);
}

function foldCase(text: string): string {
  return text.toLowerCase();
}

/** A name as a whole and its parts: "Ana Ruiz" → "ana ruiz", "ana", "ruiz"; the longest first. */
function wordsOf(name: string): readonly string[] {
  const folded = foldCase(normalizePassword(name));
  const words = [folded, ...folded.split(/[^\p{L}\p{N}]+/u)].filter(
    (word) => codePoints(word).length >= MIN_CONTEXT_WORD,
  );
  return words.sort((a, b) => b.length - a.length);
}

/** The shortest text of which the whole is a repetition (the last one may be cut off): "abcabca" → "abc". */
function repeatedUnit(text: string): string {
  const points = codePoints(text);
  for (let period = 1; period <= points.length / 2; period += 1) {
    if (points.every((point, index) => point === points[index % period])) return points.slice(0, period).join('');
  }
  return text;
}

/** "abcdefghijklmno", "987654321098765": every step the same, up or down by one, digits wrapping around. */
function isRun(text: string): boolean {
  const points = codePoints(text).map((point) => point.codePointAt(0) ?? 0);
  const isDigits = /^[0-9]+$/.test(text);
  const follows = (from: number, to: number, step: number) =>
    isDigits ? (to - from - step) % 10 === 0 : to - from === step;
  return [1, -1].some((step) =>
    points.every((point, index) => index === 0 || follows(points[index - 1] ?? 0, point, step)),
  );
}
