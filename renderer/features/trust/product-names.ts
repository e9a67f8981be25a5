import { formatList } from '../../words/format-list.ts';
import { language } from '../../words/language.svelte.ts';
import { say } from '../../words/say.ts';
import { trustWords } from './words.ts';

/** For whom something is trusted. */
export function productNames(products: readonly string[]): string {
  return products.includes('*') ? say(trustWords.allProducts) : formatList(language(), products);
}
