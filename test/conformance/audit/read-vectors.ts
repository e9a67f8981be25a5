import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** Reads a vector file in the form that a schema describes; unsigned numbers of the named keys become bigint-safe text. */
export function readVectors<T>(name: string, schema: v.GenericSchema<unknown, T>, bigKeys: readonly string[] = []): T {
  const path = new URL(`../../fixtures/merkle/${name}`, import.meta.url);
  let text = readFileSync(path, 'utf8');
  for (const key of bigKeys) text = text.replaceAll(new RegExp(`"${key}": (\\d+)`, 'g'), `"${key}": "$1"`);
  return v.parse(schema, JSON.parse(text));
}

/** A decimal number of up to 64 bits, as text. */
export const BigText = v.pipe(
  v.string(),
  v.transform((digits) => BigInt(digits)),
);

export const Base64Bytes = v.pipe(
  v.string(),
  v.transform((text): Uint8Array => Buffer.from(text, 'base64')),
);

export const HexBytes = v.pipe(
  v.string(),
  v.transform((text): Uint8Array => Buffer.from(text, 'hex')),
);

/** null and absent both mean: no hashes. */
export const Proof = v.nullish(v.array(Base64Bytes), []);
