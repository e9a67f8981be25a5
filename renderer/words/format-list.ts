import { localeOf, type Language } from './fill.ts';

/** `a, b and c`, or `a, b or c`, as the language writes it. */
export function formatList(language: Language, items: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const type = joint === 'and' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat(localeOf[language], { type }).format(items);
}
