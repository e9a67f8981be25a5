import type { Verify } from 'node:crypto';

/** What was worked out over an image's first bytes when they passed by, so that they need not be read again. */
export interface KnownStart {
  readonly lenBytes: number;
  readonly sha256: Buffer;
  /** A verification over SHA-256 that has been fed; it can be finished once, so the second time there is none. */
  takeVerifier(): Verify | null;
}

/** Random access to an image that need not fit into memory. `read` returns exactly `lenBytes` bytes or throws (I/O failure). */
export interface ImageReader {
  readonly lenBytes: number;
  read(offset: number, lenBytes: number): Uint8Array;
  /** Where the image was hashed as it was copied: what is known of its start. */
  readonly knownStart?: KnownStart | null;
}

export type ImageSource = Uint8Array | ImageReader;

export function toImageReader(source: ImageSource): ImageReader {
  if (!(source instanceof Uint8Array)) return source;
  return {
    lenBytes: source.byteLength,
    read: (offset, lenBytes) => source.subarray(offset, offset + lenBytes),
  };
}

const CHUNK_BYTES = 1 << 20;

/** The bytes `[start, end)` in pieces of at most 1 MiB. */
export function* readChunks(reader: ImageReader, start: number, end: number): Generator<Uint8Array> {
  for (let offset = start; offset < end; offset += CHUNK_BYTES) {
    yield reader.read(offset, Math.min(CHUNK_BYTES, end - offset));
  }
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
