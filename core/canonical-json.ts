import canonicalize from 'canonicalize';
import type { JsonValue } from './ports.ts';

/** RFC 8785 (JCS) text of a JSON value: the one form that is hashed and signed. */
export function canonicalJson(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

export function canonicalBytes(value: JsonValue): Uint8Array {
  return Buffer.from(canonicalJson(value), 'utf8');
}
