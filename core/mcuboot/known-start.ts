import { createHash, createVerify } from 'node:crypto';
import type { Verify } from 'node:crypto';
import { readChunks } from './image-source.ts';
import type { ImageReader } from './image-source.ts';

type HashName = 'sha256' | 'sha384' | 'sha512';

/** The hash of an image's first `lenBytes` bytes, read only where it is not known. */
export function hashStart(reader: ImageReader, name: HashName, lenBytes: number): Buffer {
  if (name === 'sha256' && reader.knownStart?.lenBytes === lenBytes) return reader.knownStart.sha256;
  const hash = createHash(name);
  for (const chunk of readChunks(reader, 0, lenBytes)) hash.update(chunk);
  return hash.digest();
}

/** A verification that was fed an image's first `lenBytes` bytes, read only where none is at hand. */
export function verifierOfStart(reader: ImageReader, name: HashName, lenBytes: number): Verify {
  const known = name === 'sha256' && reader.knownStart?.lenBytes === lenBytes ? reader.knownStart.takeVerifier() : null;
  if (known !== null) return known;
  const verifier = createVerify(name);
  for (const chunk of readChunks(reader, 0, lenBytes)) verifier.update(chunk);
  return verifier;
}
