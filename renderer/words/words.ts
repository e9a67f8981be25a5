/** A text that depends on `{count}`, by the plural category of its language (Intl.PluralRules). */
export interface Plural {
  readonly one: string;
  readonly other: string;
}

/** One text of the window in each of its languages. `{name}` stands for an argument. */
export interface Words {
  readonly en: string | Plural;
  readonly de: string | Plural;
}

/** The texts of a feature or a room, by name. Every visible text stands in such a table. */
export type WordTable = Readonly<Record<string, Words>>;

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

type ArgumentName<W extends Words> = W['en'] extends string
  ? Names<W['en']>
  : W['en'] extends Plural
    ? Names<W['en']['one' | 'other']> | 'count'
    : never;

/** What must be given to say a text; a number is written as the language writes numbers. */
export type Arguments<W extends Words> = { readonly [N in ArgumentName<W>]: string | number };

/** The rest parameters of `say`: nothing where the text has no place for an argument. */
export type ArgumentList<W extends Words> = [ArgumentName<W>] extends [never] ? [] : [Arguments<W>];
