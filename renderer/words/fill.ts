import type { Plural } from './words.ts';

export type Language = 'en' | 'de';

/** The locale that writes dates and numbers of a language. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/**
 * A text with its arguments in place. Throws where an argument is missing, which is a bug: no text with a hole is ever shown.
 */
export function fill(
  language: Language,
  text: string | Plural,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return choose(language, text, values).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`A text misses its argument ${name}.`);
    return typeof value === 'number' ? new Intl.NumberFormat(localeOf[language]).format(value) : value;
  });
}

function choose(language: Language, text: string | Plural, values: Readonly<Record<string, string | number>>): string {
  if (typeof text === 'string') return text;
  const rule = new Intl.PluralRules(localeOf[language]).select(Number(values['count']));
  return rule === 'one' ? text.one : text.other;
}
