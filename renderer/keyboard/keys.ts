import type { Language } from '../words/fill.ts';

/** What of a keyboard event decides which keys were pressed. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * Keys as they are written in code: `F1`, `Mod+L`, `Mod+Shift+K`, `?`. `Mod` is Ctrl, and ⌘ on a Mac. A bare character works only outside
 * of fields, and can be switched off (WCAG 2.2, 2.1.4).
 */
export type Keys = string;

interface ParsedKeys {
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

function parse(keys: Keys): ParsedKeys {
  const parts = keys.split('+');
  return {
    mod: parts.includes('Mod'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    key: parts.at(-1) ?? '',
  };
}

/** True for keys that are one character without Ctrl, Alt or ⌘. */
export function isBareCharacter(keys: Keys): boolean {
  const { mod, alt, key } = parse(keys);
  return !mod && !alt && key.length === 1;
}

export function matches(keys: Keys, press: KeyPress, isMac: boolean): boolean {
  const { mod, alt, shift, key } = parse(keys);
  const [modKey, otherKey] = isMac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (modKey !== mod || otherKey || press.altKey !== alt) return false;
  // A character such as ? needs Shift on one keyboard and none on another.
  if (isBareCharacter(keys)) return press.key === key;
  // The row of digits has other characters on some keyboards (AZERTY): there the place of the key counts.
  const isKey = /^\d$/.test(key) ? press.code === `Digit${key}` || press.key === key : same(press.key, key);
  return isKey && press.shiftKey === shift;
}

function same(pressed: string, wanted: string): boolean {
  return pressed.toLowerCase() === wanted.toLowerCase();
}

const keyNames: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { Mod: 'Ctrl', Escape: 'Esc', ArrowDown: '↓', ArrowUp: '↑' },
  de: { Mod: 'Strg', Shift: 'Umsch', Escape: 'Esc', Enter: 'Eingabe', ArrowDown: '↓', ArrowUp: '↑' },
};

/** `Ctrl L`, `Strg L`, `⌘ L`: as they stand on the keys of the machine. */
export function nameKeys(keys: Keys, language: Language, isMac: boolean): string {
  return keys
    .split('+')
    .map((part) => (isMac && part === 'Mod' ? '⌘' : (keyNames[language][part] ?? part)))
    .join(' ');
}

/** As `aria-keyshortcuts` has it. */
export function ariaKeys(keys: Keys, isMac: boolean): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control');
}
