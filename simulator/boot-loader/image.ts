/** Reading an MCUboot image (MCUboot design document, "Image format"). */

export const IMAGE_MAGIC = 0x96f3b83d;
export const HEADER_BYTES = 32;
export const TLV_INFO_MAGIC = 0x6907;
export const PROTECTED_TLV_INFO_MAGIC = 0x6908;
export const TLV_INFO_BYTES = 4;

export const TlvType = {
  keyHash: 0x01,
  sha256: 0x10,
  sha384: 0x11,
  sha512: 0x12,
  ecdsa: 0x22,
  ed25519: 0x24,
  pureSignature: 0x25,
  securityCounter: 0x50,
} as const;

/** IMAGE_F_NON_BOOTABLE. */
export const NON_BOOTABLE_FLAG = 0x10;

export interface ImageVersion {
  readonly major: number;
  readonly minor: number;
  readonly revision: number;
  readonly build: number;
}

export interface ImageHeader {
  readonly loadAddress: number;
  readonly headerBytes: number;
  readonly protectedTlvBytes: number;
  readonly bodyBytes: number;
  readonly flags: number;
  readonly version: ImageVersion;
}

export interface ImageTlv {
  readonly type: number;
  readonly value: Uint8Array;
  readonly protected: boolean;
}

export interface ParsedImage {
  readonly header: ImageHeader;
  readonly tlvs: readonly ImageTlv[];
  /** Header area, body and protected TLVs with their info: what the hash and the signature cover. */
  readonly hashedBytes: number;
  /** Header to last TLV. */
  readonly lenBytes: number;
}

export type ParseOutcome =
  { readonly ok: true; readonly image: ParsedImage } | { readonly ok: false; readonly fault: string };

/** Reads header and TLV area of the image at the start of `bytes`, which may be a whole slot. */
export function parseImage(bytes: Uint8Array): ParseOutcome {
  const header = parseHeader(bytes);
  if (header === undefined) return { ok: false, fault: 'no image header' };
  if (header.headerBytes < HEADER_BYTES) return { ok: false, fault: 'header size is below 32 bytes' };
  const tlvs: ImageTlv[] = [];
  let offset = header.headerBytes + header.bodyBytes;
  if (header.protectedTlvBytes > 0) {
    const area = readTlvArea(bytes, offset, PROTECTED_TLV_INFO_MAGIC);
    if (area === undefined) return { ok: false, fault: 'protected TLV area is incomplete' };
    if (area.lenBytes !== header.protectedTlvBytes) {
      return { ok: false, fault: 'protected TLV area differs from the header' };
    }
    tlvs.push(...area.tlvs);
    offset += area.lenBytes;
  }
  const hashedBytes = offset;
  const area = readTlvArea(bytes, offset, TLV_INFO_MAGIC);
  if (area === undefined) return { ok: false, fault: 'TLV area is incomplete' };
  tlvs.push(...area.tlvs);
  return { ok: true, image: { header, tlvs, hashedBytes, lenBytes: offset + area.lenBytes } };
}

/** The header at the start of `bytes`, or undefined where the magic is not there. */
export function parseHeader(bytes: Uint8Array): ImageHeader | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== IMAGE_MAGIC) return undefined;
  return {
    loadAddress: view.getUint32(4, true),
    headerBytes: view.getUint16(8, true),
    protectedTlvBytes: view.getUint16(10, true),
    bodyBytes: view.getUint32(12, true),
    flags: view.getUint32(16, true),
    version: {
      major: view.getUint8(20),
      minor: view.getUint8(21),
      revision: view.getUint16(22, true),
      build: view.getUint32(24, true),
    },
  };
}

/** `major.minor.revision+build`, as imgtool prints it. */
export function formatVersion(version: ImageVersion): string {
  return `${version.major}.${version.minor}.${version.revision}+${version.build}`;
}

/** The only TLV of a type; undefined where there is none or more than one. */
export function findTlv(image: ParsedImage, type: number): ImageTlv | undefined {
  const found = image.tlvs.filter((tlv) => tlv.type === type);
  return found.length === 1 ? found[0] : undefined;
}

/** The security counter, which counts only where it is protected by the hash. */
export function readSecurityCounter(image: ParsedImage): number | undefined {
  const tlv = findTlv(image, TlvType.securityCounter);
  if (tlv?.protected !== true || tlv.value.length !== 4) return undefined;
  return Buffer.from(tlv.value).readUInt32LE(0);
}

function readTlvArea(
  bytes: Uint8Array,
  offset: number,
  magic: number,
): { readonly tlvs: ImageTlv[]; readonly lenBytes: number } | undefined {
  if (offset + TLV_INFO_BYTES > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(offset, true) !== magic) return undefined;
  const lenBytes = view.getUint16(offset + 2, true);
  const end = offset + lenBytes;
  if (lenBytes < TLV_INFO_BYTES || end > bytes.length) return undefined;
  const tlvs: ImageTlv[] = [];
  let cursor = offset + TLV_INFO_BYTES;
  while (cursor < end) {
    if (cursor + 4 > end) return undefined;
    const valueBytes = view.getUint16(cursor + 2, true);
    const next = cursor + 4 + valueBytes;
    if (next > end) return undefined;
    tlvs.push({
      type: view.getUint16(cursor, true),
      value: bytes.slice(cursor + 4, next),
      protected: magic === PROTECTED_TLV_INFO_MAGIC,
    });
    cursor = next;
  }
  return { tlvs, lenBytes };
}
