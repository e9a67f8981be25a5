/** RFC 8878 §3.1.1: every frame starts with these bytes. */
const FRAME_MAGIC = 0xfd2f_b528;
/** RFC 8878 §3.1.1.2.4: no block holds, or unpacks to, more. */
const LONGEST_BLOCK_BYTES = 128 * 1024;
const CHECKSUM_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;

const BLOCK_RLE = 1;
const BLOCK_RESERVED = 3;

/** log₂ of the largest window that is given to a frame: that of the largest result (64 MiB). */
export const WINDOW_LOG_MAX = 26;

interface FrameHeader {
  readonly headerBytes: number;
  readonly hasChecksum: boolean;
  readonly contentBytes: number;
  readonly windowBytes: number;
}

/**
 * What keeps `bytes` from being exactly one zstd frame (RFC 8878 §3.1.1) that says it unpacks to `lenBytes`, as the end of a
 * sentence about them; null where nothing does. Node's decoder passes over what follows a frame, and takes a second one, a
 * skippable one and any dictionary id; here each byte must be accounted for before any is unpacked.
 */
export function findFrameFault(bytes: Buffer, lenBytes: number): string | null {
  const header = readHeader(bytes);
  if (typeof header === 'string') return header;
  const { contentBytes, windowBytes } = header;
  if (contentBytes !== lenBytes) return `says that it unpacks to ${contentBytes} bytes instead of ${lenBytes}`;
  if (windowBytes > 2 ** WINDOW_LOG_MAX) return `asks for a window of ${windowBytes} bytes`;
  const end = findEndOfBlocks(bytes, header.headerBytes);
  if (typeof end === 'string') return end;
  const frameBytes = end + (header.hasChecksum ? CHECKSUM_BYTES : 0);
  if (frameBytes > bytes.length) return 'ends early';
  return frameBytes === bytes.length ? null : `has ${bytes.length - frameBytes} bytes behind its frame`;
}

/** RFC 8878 §3.1.1.1 */
function readHeader(bytes: Buffer): FrameHeader | string {
  if (bytes.length < 5 || bytes.readUInt32LE(0) !== FRAME_MAGIC) return 'is not a zstd frame';
  const descriptor = bytes.readUInt8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  if ((descriptor & 0x08) !== 0) return 'uses a reserved bit of zstd';
  // A raw dictionary has no id; one that is named is another kind of dictionary.
  if ((descriptor & 0x03) !== 0) return 'names a zstd dictionary';
  const sizeFlag = descriptor >> 6;
  if (sizeFlag === 0 && !isSingleSegment) return 'does not say how long its result is';
  const sizeAt = isSingleSegment ? 5 : 6;
  const sizeBytes = 2 ** sizeFlag;
  const headerBytes = sizeAt + sizeBytes;
  if (bytes.length < headerBytes) return 'ends early';
  const contentBytes = readContentSize(bytes, sizeAt, sizeBytes);
  return {
    headerBytes,
    hasChecksum: (descriptor & 0x04) !== 0,
    contentBytes,
    windowBytes: isSingleSegment ? contentBytes : readWindow(bytes.readUInt8(5)),
  };
}

/** RFC 8878 §3.1.1.1.4: two bytes count from 256 on. */
function readContentSize(bytes: Buffer, at: number, sizeBytes: number): number {
  if (sizeBytes === 8) return Number(bytes.readBigUInt64LE(at));
  const value = bytes.readUIntLE(at, sizeBytes);
  return sizeBytes === 2 ? value + 256 : value;
}

/** RFC 8878 §3.1.1.1.2 */
function readWindow(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** Walks the blocks by their headers alone (RFC 8878 §3.1.1.2); answers where the last one ends. */
function findEndOfBlocks(bytes: Buffer, firstAt: number): number | string {
  let at = firstAt;
  for (;;) {
    if (at + BLOCK_HEADER_BYTES > bytes.length) return 'ends early';
    const header = bytes.readUIntLE(at, BLOCK_HEADER_BYTES);
    const type = (header >> 1) & 3;
    const sizeBytes = header >> 3;
    if (type === BLOCK_RESERVED) return 'uses a reserved kind of block';
    if (sizeBytes > LONGEST_BLOCK_BYTES) return `holds a block of ${sizeBytes} bytes`;
    at += BLOCK_HEADER_BYTES + (type === BLOCK_RLE ? 1 : sizeBytes);
    if ((header & 1) !== 0) return at;
  }
}
