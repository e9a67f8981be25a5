import { inflateRawSync } from 'node:zlib';
import type { ZipPart } from '../../../helpers/zip-bytes.ts';

const centralSignature = Buffer.from('PK\u0001\u0002', 'latin1');
const centralBytes = 46;
const localBytes = 30;
const maxUnpackedBytes = 1 << 20;

/** The files of an archive that may be damaged, as far as its directory can be followed; none where it cannot. */
export function readZipParts(archive: Uint8Array): ZipPart[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const parts: ZipPart[] = [];
  for (let at = bytes.indexOf(centralSignature); at !== -1; at = bytes.indexOf(centralSignature, at + 1)) {
    const part = at + centralBytes > bytes.length ? null : readPart(bytes, at);
    if (part !== null) parts.push(part);
  }
  return parts;
}

function readPart(bytes: Buffer, at: number): ZipPart | null {
  const headerAt = bytes.readUInt32LE(at + 42);
  if (headerAt + localBytes > bytes.length) return null;
  const flags = bytes.readUInt16LE(at + 8);
  const name = bytes.subarray(at + centralBytes, at + centralBytes + bytes.readUInt16LE(at + 28));
  const dataAt = headerAt + localBytes + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  const packed = bytes.subarray(dataAt, dataAt + bytes.readUInt32LE(at + 20));
  const base = { name, ...((flags & 0x0008) === 0 ? {} : { descriptor: 'signed' as const }) };
  if (bytes.readUInt16LE(at + 10) !== 8) return { ...base, data: packed };
  const data = inflate(packed);
  return data === null ? null : { ...base, data, deflate: true };
}

function inflate(packed: Uint8Array): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: maxUnpackedBytes });
  } catch {
    // A part that cannot be unpacked is left out of what is built anew.
    return null;
  }
}
