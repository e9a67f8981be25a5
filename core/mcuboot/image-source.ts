/** Random access to an image that need not fit into memory. `read` returns exactly `lenBytes` bytes or throws (I/O failure). */
export interface ImageReader {
  readonly lenBytes: number;
  read(offset: number, lenBytes: number): Uint8Array;
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
