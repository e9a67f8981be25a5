import { refuse, type Refusal } from '../../contract/result.ts';

const MOST_DEPTH = 12;
const MOST_NODES = 20_000;
const MOST_CHARACTERS = 2 * 1024 * 1024;

/**
 * Bounds an input before anything works on it, and allows only what JSON has too, beside `undefined`: no maps, dates, buffers, errors or
 * cycles, which structured clone would bring across. Refuses with `window.input-too-large` or `station.input-invalid`.
 */
export function checkBounds(input: unknown): Refusal | null {
  let nodes = 0;
  let characters = 0;
  const pending: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    nodes += 1;
    if (typeof value === 'string') characters += value.length;
    if (nodes > MOST_NODES || depth > MOST_DEPTH || characters > MOST_CHARACTERS) {
      return refuse('window.input-too-large', 'What was entered is too large.');
    }
    if (!isPlain(value)) return refuse('station.input-invalid', 'The input holds something that no operation takes.');
    if (typeof value !== 'object' || value === null) continue;
    // Counted before they are listed: a list of a thousand million holes has no entries, but a length.
    if (Array.isArray(value) && value.length > MOST_NODES) {
      return refuse('window.input-too-large', 'What was entered is too large.');
    }
    for (const [key, inner] of Object.entries(value)) {
      characters += key.length;
      pending.push({ value: inner, depth: depth + 1 });
    }
  }
  return null;
}

function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    default:
      return false;
  }
}
