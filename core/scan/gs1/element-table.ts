/** One part of an element string's value. */
export interface Component {
  /** N: digits; X, Y: characters of GS1's set 82 or 39; Z: base64url. */
  readonly characters: 'N' | 'X' | 'Y' | 'Z';
  readonly minLen: number;
  readonly maxLen: number;
  /** True where a value may end before this part. */
  readonly optional: boolean;
  /** GS1's names of the rules for its content, such as `csum` and `yymmd0`. */
  readonly rules: readonly string[];
}

export interface ElementDefinition {
  readonly ai: string;
  readonly title: string;
  /** Length of a value that needs no separator behind it; null where FNC1, or the end of the code, ends the value. */
  readonly predefinedLen: number | null;
  readonly components: readonly Component[];
}

/** Application identifier → what its value is made of. */
export type ElementTable = ReadonlyMap<string, ElementDefinition>;

/**
 * Reads GS1's Barcode Syntax Dictionary; its first lines tell its grammar. It ships with Drydock, so a line that is not
 * understood is a fault of the program and throws.
 */
export function parseElementTable(dictionary: string): ElementTable {
  const table = new Map<string, ElementDefinition>();
  for (const line of dictionary.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    for (const definition of readLine(line)) table.set(definition.ai, definition);
  }
  return table;
}

function readLine(line: string): ElementDefinition[] {
  const [, first, last = first, flags = '', rest = ''] =
    /^(\d{2,4})(?:-(\d{2,4}))?(?: +([*!?"$%&'()+,\-./:;<=>@[\\\]^_`{|}~]+))?(?= )(.*)$/.exec(line) ?? [];
  if (first === undefined || last === undefined) throw new TypeError(`the syntax dictionary has the line ${line}`);
  const [specification = '', title = ''] = rest.split('#');
  // Attributes (key=value, or the solitary key dlpkey) stand behind the components and are not ours to check.
  const words = specification.trim().split(/ +/);
  const components = words.filter((word) => /^\[?[NXYZ]/.test(word)).map(readComponent);
  const predefinedLen = flags.includes('*') ? components.reduce((sum, { maxLen }) => sum + maxLen, 0) : null;
  const ais = Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => Number(first) + at);
  return ais.map((ai) => ({
    ai: String(ai).padStart(first.length, '0'),
    title: title.trim(),
    predefinedLen,
    components,
  }));
}

function readComponent(word: string): Component {
  const [, open, characters, upTo, len, rules = ''] = /^(\[)?([NXYZ])(\.\.)?(\d+)\]?((?:,\w+)*)$/.exec(word) ?? [];
  if (characters === undefined) throw new TypeError(`the syntax dictionary has the component ${word}`);
  return {
    characters: characters as Component['characters'],
    minLen: upTo === undefined ? Number(len) : 1,
    maxLen: Number(len),
    optional: open !== undefined,
    rules: rules.split(',').slice(1),
  };
}

/** The identifier that a text begins with; null where there is none. No identifier is the beginning of another. */
export function findElement(table: ElementTable, text: string, at: number): ElementDefinition | null {
  for (const len of [2, 3, 4]) {
    const found = table.get(text.slice(at, at + len));
    if (found !== undefined) return found;
  }
  return null;
}
