import type { ErrorCode } from '../contract/error-code.ts';
import { accept, refuse } from '../contract/result.ts';
import type { Result } from '../contract/result.ts';
import type { JsonValue } from './ports.ts';

/** What can be wrong with a JSON text; `detail.fault` of the refusal. */
export type StrictJsonFault =
  | 'too-large'
  | 'utf8-invalid'
  | 'syntax'
  | 'duplicate-key'
  | 'reserved-key'
  | 'too-deep'
  | 'number-inexact'
  | 'lone-surrogate';

export interface StrictJsonOptions {
  readonly maxBytes: number;
  /** Levels of nesting; a document that is one flat object has depth 1. */
  readonly maxDepth: number;
  /** The caller's own code, which every refusal carries. */
  readonly code: ErrorCode;
  /** How the document is called in the refusal's sentence, e.g. `manifest.json`. */
  readonly what: string;
}

/** Longest number that is read; 17 significant digits and an exponent fit several times. */
const MAX_NUMBER_CHARACTERS = 64;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;
const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * Reads untrusted bytes as one JSON text (RFC 8259) under the rules of I-JSON (RFC 7493 §2): UTF-8 without a byte order
 * mark, no duplicate key, no lone surrogate, no number that a double would change. Two readers of such a document cannot
 * see two different things in it, which is what makes it safe to sign. Never throws.
 *
 * Refuses with `options.code`; `detail` names the fault ({@link StrictJsonFault}), line and column.
 */
export function parseStrictJson(bytes: Uint8Array, options: StrictJsonOptions): Result<JsonValue> {
  if (bytes.byteLength > options.maxBytes) {
    const reason = `${options.what} is ${bytes.byteLength} bytes long, at most ${options.maxBytes} are read.`;
    return refuse(options.code, reason, { fault: 'too-large' satisfies StrictJsonFault });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(options.code, `${options.what} is not UTF-8 text.`, {
      fault: 'utf8-invalid' satisfies StrictJsonFault,
    });
  }
  try {
    return accept(new Reader(text, options.maxDepth).readDocument());
  } catch (error) {
    if (!(error instanceof ReadFault)) throw error;
    const { line, column } = locate(text, error.at);
    const reason = `${options.what} ${error.message} (line ${line}, column ${column}).`;
    return refuse(options.code, reason, { fault: error.fault, line, column });
  }
}

class ReadFault extends Error {
  readonly fault: StrictJsonFault;
  readonly at: number;

  constructor(fault: StrictJsonFault, at: number, message: string) {
    super(message);
    this.fault = fault;
    this.at = at;
  }
}

/** Recursive descent; the depth limit bounds the recursion, the byte limit everything else. */
class Reader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  readDocument(): JsonValue {
    if (this.#text.startsWith('\ufeff')) throw new ReadFault('syntax', 0, 'starts with a byte order mark');
    const value = this.#readValue(0);
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the text');
    return value;
  }

  #readValue(depth: number): JsonValue {
    this.#skipWhitespace();
    const value = this.#readBareValue(depth);
    this.#skipWhitespace();
    return value;
  }

  #readBareValue(depth: number): JsonValue {
    const next = this.#text[this.#at];
    if (next === '{' || next === '[') {
      if (depth >= this.#maxDepth) {
        throw new ReadFault('too-deep', this.#at, `is nested deeper than ${this.#maxDepth} levels`);
      }
      this.#at += 1;
      return next === '{' ? this.#readObject(depth + 1) : this.#readArray(depth + 1);
    }
    if (next === '"') return this.#readString();
    for (const [word, value] of LITERALS) if (this.#take(word)) return value;
    return this.#readNumber();
  }

  #readObject(depth: number): JsonValue {
    const entries = new Map<string, JsonValue>();
    this.#skipWhitespace();
    if (this.#take('}')) return {};
    do {
      this.#skipWhitespace();
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') throw this.#unexpected('a key in double quotes');
      const key = this.#readString();
      if (entries.has(key))
        throw new ReadFault('duplicate-key', keyAt, `holds the key ${quote(key)} twice in one object`);
      // Code downstream that copies keys by assignment would set a prototype instead of a property.
      if (key === '__proto__') throw new ReadFault('reserved-key', keyAt, `holds the reserved key ${quote(key)}`);
      this.#skipWhitespace();
      if (!this.#take(':')) throw this.#unexpected('":" after a key');
      entries.set(key, this.#readValue(depth));
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#unexpected('"," or "}"');
    return Object.fromEntries(entries);
  }

  #readArray(depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.#skipWhitespace();
    if (this.#take(']')) return items;
    do items.push(this.#readValue(depth));
    while (this.#take(','));
    if (!this.#take(']')) throw this.#unexpected('"," or "]"');
    return items;
  }

  #readString(): string {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const literal = this.#text.slice(start, end + 1);
    let value: unknown;
    try {
      value = JSON.parse(literal);
    } catch {
      throw new ReadFault(
        'syntax',
        start,
        'holds a string that is not closed, or holds a raw control character or an unknown escape',
      );
    }
    if (typeof value !== 'string') throw this.#unexpected('a string');
    if (!value.isWellFormed())
      throw new ReadFault('lone-surrogate', start, 'holds a string with half of a surrogate pair');
    this.#at = end + 1;
    return value;
  }

  #readNumber(): number {
    NUMBER.lastIndex = this.#at;
    const literal = NUMBER.exec(this.#text)?.[0];
    if (literal === undefined) throw this.#unexpected('a value');
    const value = Number(literal);
    if (literal.length > MAX_NUMBER_CHARACTERS || !isExact(literal, value)) {
      throw new ReadFault(
        'number-inexact',
        this.#at,
        `holds the number ${literal.slice(0, 32)}, which cannot be kept exactly`,
      );
    }
    this.#at += literal.length;
    return value;
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** RFC 8259 §2: these four and no other. */
  #skipWhitespace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '!')) this.#at += 1;
  }

  #unexpected(wanted: string): ReadFault {
    const found = this.#text[this.#at];
    return new ReadFault(
      'syntax',
      this.#at,
      `is not valid JSON: ${found === undefined ? 'it ends' : quote(found)} where ${wanted} is expected`,
    );
  }
}

/** True where the double stands for the very decimal number that was written (RFC 7493 §2.2); integers only up to 2^53−1. */
function isExact(literal: string, value: number): boolean {
  if (!Number.isFinite(value) || Object.is(value, -0)) return false;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  return normalDecimal(literal) === normalDecimal(String(value));
}

/** Sign, digits without outer zeros, power of ten: equal for equal decimal numbers. */
function normalDecimal(literal: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function locate(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 64));
}
