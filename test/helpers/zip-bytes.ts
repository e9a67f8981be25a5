import { crc32, deflateRawSync } from 'node:zlib';

/** What a header says of a file; a test overrides what it lies about. */
export interface ZipClaims {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly lenBytes: number;
  readonly headerAt: number;
  readonly externalAttributes: number;
  readonly extra: Uint8Array;
}

export interface ZipPart {
  readonly name: string | Uint8Array;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  /** The packed bytes themselves, where they shall not be what `data` packs to. */
  readonly packed?: Uint8Array;
  /** A data descriptor behind the data, as streaming writers make it. */
  readonly descriptor?: 'signed' | 'bare' | 'signed64' | 'bare64';
  /** 64-bit lengths in extra fields although they are small. */
  readonly zip64?: boolean;
  readonly local?: Partial<ZipClaims>;
  readonly central?: Partial<ZipClaims>;
  readonly descriptorClaims?: Partial<ZipClaims>;
  /** Instead of the descriptor's own signature. */
  readonly descriptorSignature?: number;
  /** Bytes between the data of this part and the next. */
  readonly gap?: Uint8Array;
  /** Central record only: the data of another part is used again. */
  readonly centralOnly?: boolean;
}

export interface ZipOptions {
  readonly prepend?: Uint8Array;
  readonly append?: Uint8Array;
  readonly comment?: string;
  readonly zip64End?: boolean;
  /** Beside a ZIP64 end record: the short one repeats its numbers, but for these, instead of pointing to it. */
  readonly shortEnd?: Partial<EndClaims>;
  /** Bytes between the two ZIP64 end records. */
  readonly zip64Gap?: Uint8Array;
  /** What the end record says of the comment's length. */
  readonly commentBytes?: number;
  readonly end?: Partial<{ entries: number; total: number; disk: number; lenBytes: number; start: number }>;
}

/** Writes a ZIP archive byte by byte (APPNOTE 6.3.10), well-formed unless a part or an option says otherwise. */
export function zipBytes(parts: readonly ZipPart[], options: ZipOptions = {}): Buffer {
  const chunks: Uint8Array[] = [options.prepend ?? new Uint8Array()];
  const position = (): number => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const records: Buffer[] = [];
  for (const part of parts) {
    const packed = part.packed ?? (part.deflate === true ? deflateRawSync(part.data) : part.data);
    const truth: ZipClaims = {
      name: Buffer.from(part.name),
      flags: part.descriptor ? 0x0008 : 0,
      method: part.deflate === true ? 8 : 0,
      crc32: crc32(part.data),
      packedBytes: packed.length,
      lenBytes: part.data.length,
      headerAt: position(),
      externalAttributes: (0o100644 << 16) >>> 0,
      extra: new Uint8Array(),
    };
    if (part.centralOnly !== true) {
      const unknown = part.descriptor ? { crc32: 0, packedBytes: 0, lenBytes: 0 } : {};
      chunks.push(localHeader({ ...truth, ...unknown, ...part.local }, part.zip64 === true), packed);
      if (part.descriptor)
        chunks.push(descriptor({ ...truth, ...part.descriptorClaims }, part.descriptor, part.descriptorSignature));
      if (part.gap) chunks.push(part.gap);
    }
    records.push(centralRecord({ ...truth, ...part.central }, part.zip64 === true));
  }
  const start = position();
  const directory = Buffer.concat(records);
  const end = {
    entries: parts.length,
    total: parts.length,
    disk: 0,
    lenBytes: directory.length,
    start,
    ...options.end,
  };
  return Buffer.concat([
    ...chunks,
    directory,
    options.zip64End === true
      ? zip64End(end, start + directory.length, options.zip64Gap ?? new Uint8Array())
      : new Uint8Array(),
    endRecord(
      { ...end, ...options.shortEnd },
      options.zip64End === true && options.shortEnd === undefined,
      options.comment ?? '',
      options.commentBytes,
    ),
    options.append ?? new Uint8Array(),
  ]);
}

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

function localHeader(claims: ZipClaims, zip64: boolean): Buffer {
  const wide = zip64
    ? Buffer.concat([u16(1), u16(16), u64(claims.lenBytes), u64(claims.packedBytes)])
    : Buffer.alloc(0);
  const extra = Buffer.concat([wide, claims.extra]);
  return Buffer.concat([
    u32(0x04034b50),
    u16(20),
    u16(claims.flags),
    u16(claims.method),
    u32(0x5a21_0000),
    u32(claims.crc32),
    u32(zip64 ? 0xffff_ffff : claims.packedBytes),
    u32(zip64 ? 0xffff_ffff : claims.lenBytes),
    u16(claims.name.length),
    u16(extra.length),
    claims.name,
    extra,
  ]);
}

function centralRecord(claims: ZipClaims, zip64: boolean): Buffer {
  const wide = zip64
    ? Buffer.concat([u16(1), u16(24), u64(claims.lenBytes), u64(claims.packedBytes), u64(claims.headerAt)])
    : Buffer.alloc(0);
  const extra = Buffer.concat([wide, claims.extra]);
  return Buffer.concat([
    u32(0x02014b50),
    u16(0x031e),
    u16(20),
    u16(claims.flags),
    u16(claims.method),
    u32(0x5a21_0000),
    u32(claims.crc32),
    u32(zip64 ? 0xffff_ffff : claims.packedBytes),
    u32(zip64 ? 0xffff_ffff : claims.lenBytes),
    u16(claims.name.length),
    u16(extra.length),
    u16(0),
    u16(0),
    u16(0),
    u32(claims.externalAttributes),
    u32(zip64 ? 0xffff_ffff : claims.headerAt),
    claims.name,
    extra,
  ]);
}

function descriptor(claims: ZipClaims, form: NonNullable<ZipPart['descriptor']>, signature = 0x08074b50): Buffer {
  const wide = form.endsWith('64') ? u64 : u32;
  return Buffer.concat([
    form.startsWith('signed') ? u32(signature) : Buffer.alloc(0),
    u32(claims.crc32),
    wide(claims.packedBytes),
    wide(claims.lenBytes),
  ]);
}

interface EndClaims {
  readonly entries: number;
  readonly total: number;
  readonly disk: number;
  readonly lenBytes: number;
  readonly start: number;
}

function zip64End(end: EndClaims, recordAt: number, gap: Uint8Array): Buffer {
  return Buffer.concat([
    ...[u32(0x06064b50), u64(44), u16(45), u16(45), u32(end.disk), u32(end.disk)],
    ...[u64(end.entries), u64(end.total), u64(end.lenBytes), u64(end.start)],
    gap,
    ...[u32(0x07064b50), u32(0), u64(recordAt), u32(1)],
  ]);
}

function endRecord(end: EndClaims, zip64: boolean, comment: string, commentBytes = comment.length): Buffer {
  return Buffer.concat([
    ...[u32(0x06054b50), u16(end.disk), u16(end.disk)],
    ...(zip64
      ? [u16(0xffff), u16(0xffff), u32(0xffff_ffff), u32(0xffff_ffff)]
      : [u16(end.entries), u16(end.total), u32(end.lenBytes), u32(end.start)]),
    u16(commentBytes),
    Buffer.from(comment),
  ]);
}
