import type { Preferences } from '../../contract/window/window-operations.ts';
import type { Language } from './fill.ts';

let current = $state<Language>('en');

/** The language that the window speaks now. */
export function language(): Language {
  return current;
}

/** @param systemLanguages as the machine prefers them, BCP 47 */
export function setLanguage(wanted: Preferences['language'], systemLanguages: readonly string[]): void {
  current = wanted === 'system' ? (systemLanguages[0]?.toLowerCase().startsWith('de') ? 'de' : 'en') : wanted;
  document.documentElement.lang = current;
}
