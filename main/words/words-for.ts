import type { Preferences } from '../../contract/window/window-operations.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import type { ShellWords } from './shell-words.ts';

/** @param systemLocale as the system names it, such as `de-AT` */
export function wordsFor(language: Preferences['language'], systemLocale: string): ShellWords {
  const wanted = language === 'system' ? systemLocale.toLowerCase() : language;
  return wanted === 'de' || wanted.startsWith('de-') ? german : english;
}
