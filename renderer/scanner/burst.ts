/** Nobody types this fast; a keyboard wedge sends a character every 1 to 20 ms. */
export const longestGapMs = 35;
/** A shorter burst is a person who rolls over a few keys. */
const leastLength = 6;
/** AIM symbology identifier (ISO/IEC 15424): `]`, a code character, a modifier. Whoever sends it is a scanner. */
const aimIdentifier = /^\][A-Za-z][0-9A-Za-z]/;
/** Longest text that a scan gives; more is no label of ours. */
const longestScan = 512;

export interface Scan {
  /** What the label holds, without the AIM identifier. */
  readonly text: string;
  /** AIM identifier, e.g. `]d2` for a GS1 DataMatrix; null where the scanner sends none. */
  readonly symbology: string | null;
  /** Characters that were typed for it. */
  readonly typedLength: number;
}

/** Tells a scanner's burst of keys from a person's typing. Times come with the keys, so that nothing here waits. */
export class BurstReader {
  #text = '';
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Characters of a burst so far; 0 while a person types. */
  get length(): number {
    return this.#text.length;
  }

  /** One more character. Returns how many have come without a pause. */
  add(character: string, atMs: number): number {
    if (atMs - this.#lastMs > longestGapMs || this.#text.length >= longestScan) this.#text = '';
    this.#text += character;
    this.#lastMs = atMs;
    return this.#text.length;
  }

  /** Enter or Tab was pressed: the scan that it ends, or undefined where it ends typing. */
  end(atMs: number): Scan | undefined {
    const scan = atMs - this.#lastMs <= longestGapMs ? readScan(this.#text, leastLength) : undefined;
    this.clear();
    return scan;
  }

  /**
   * The keys have been silent for longer than a gap: a scan that needs no Enter, because it began with an AIM identifier. Any other burst stays as
   * it is: on a busy machine this is called while its next keys wait in a queue, and their own stamps tell whether there was a gap.
   */
  fallSilent(): Scan | undefined {
    if (!aimIdentifier.test(this.#text)) return undefined;
    const scan = readScan(this.#text, leastLength);
    this.clear();
    return scan;
  }

  clear(): void {
    this.#text = '';
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }
}

function readScan(typed: string, least: number): Scan | undefined {
  const symbology = aimIdentifier.exec(typed)?.[0] ?? null;
  const text = typed.slice(symbology?.length ?? 0);
  if (typed.length < least || text === '') return undefined;
  return { text, symbology, typedLength: typed.length };
}
