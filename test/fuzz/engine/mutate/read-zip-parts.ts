import { inflateRawSync } from 'node:zlib';
import type { ZipPart } from '../../../helpers/zip-bytes.ts';

const centralSignature = Buffer.from('PK\u0001\u0002', 'latin1');
const centralBytes = 46;
const localBytes = 30;
const wide = 0xffff_ffff;
const zip64Field = 1;
const maxUnpackedBytes = 1 << 18;
const maxParts = 16;

/** The files of an archive that may be damaged, as far as its directory can be followed; none where it cannot. */
export function readZipParts(archive: Uint8Array): ZipPart[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const parts: ZipPart[] = [];
  let at = bytes.indexOf(centralSignature);
  while (at !== -1 && parts.length < maxParts) {
    const part = at + centralBytes > bytes.length ? null : readPart(bytes, at);
    if (part !== null) parts.push(part);
    at = bytes.indexOf(centralSignature, at + 1);
  }
  return parts;
}

function readPart(bytes: Buffer, at: number): ZipPart | null {
  const nameEnd = at + centralBytes + bytes.readUInt16LE(at + 28);
  const name = bytes.subarray(at + centralBytes, nameEnd);
  const [packedBytes, headerAt] = readPlace(bytes, at, bytes.subarray(nameEnd, nameEnd + bytes.readUInt16LE(at + 30)));
  if (headerAt + localBytes > bytes.length) return null;
  const dataAt = headerAt + localBytes + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  const packed = bytes.subarray(dataAt, dataAt + packedBytes);
  const hasDescriptor = (bytes.readUInt16LE(at + 8) & 0x0008) !== 0;
  const base = { name, ...(hasDescriptor ? { descriptor: 'signed' as const } : {}) };
  if (bytes.readUInt16LE(at + 10) !== 8) return { ...base, data: packed };
  const data = inflate(packed);
  return data === null ? null : { ...base, data, deflate: true };
}

/** Packed length and offset of the local header; 64 bits wide where the record says so (APPNOTE §4.5.3). */
function readPlace(bytes: Buffer, at: number, extra: Buffer): [packedBytes: number, headerAt: number] {
  const numbers = [24, 20, 42].map((offset) => bytes.readUInt32LE(at + offset));
  let wideAt = extra.length >= 4 && extra.readUInt16LE(0) === zip64Field ? 4 : extra.length;
  const [, packedBytes = 0, headerAt = 0] = numbers.map((number) => {
    if (number !== wide || wideAt + 8 > extra.length) return number;
    wideAt += 8;
    return Number(extra.readBigUInt64LE(wideAt - 8));
  });
  return [packedBytes, headerAt];
}

function inflate(packed: Uint8Array): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: maxUnpackedBytes });
  } catch {
    // A part that cannot be unpacked is left out of what is built anew.
    return null;
  }
}
