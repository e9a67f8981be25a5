import { createHash } from 'node:crypto';

/** SHA-256 as 64 lower-case hex digits: the form in which Drydock names contents everywhere. */
export type Sha256Hex = string;

export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function sha256Hex(...parts: readonly Uint8Array[]): Sha256Hex {
  return sha256(...parts).toString('hex');
}
