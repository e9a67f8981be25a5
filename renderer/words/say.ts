import { fill } from './fill.ts';
import { language } from './language.svelte.ts';
import type { ArgumentList, Words } from './words.ts';

/** A text in the language of the window. In a component it follows a change of language. */
export function say<const W extends Words>(words: W, ...values: ArgumentList<W>): string {
  return fill(language(), words[language()], values[0]);
}
