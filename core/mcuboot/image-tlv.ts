import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { viewOf } from './image-source.ts';
import type { ImageReader } from './image-source.ts';

export const TlvMagic = { unprotected: 0x6907, protected: 0x6908 } as const;

export const TlvType = {
  keyHash: 0x01,
  publicKey: 0x02,
  sha256: 0x10,
  sha384: 0x11,
  sha512: 0x12,
  rsa2048Pss: 0x20,
  ecdsa224: 0x21,
  ecdsa: 0x22,
  rsa3072Pss: 0x23,
  ed25519: 0x24,
  pureSignature: 0x25,
  encryptionRsa2048: 0x30,
  encryptionKeyWrap: 0x31,
  encryptionEc256: 0x32,
  encryptionX25519: 0x33,
  encryptionX25519Sha512: 0x34,
  dependency: 0x40,
  securityCounter: 0x50,
} as const;

/**
 * All that may stand outside the protected area, where no signature covers it: what a signature is checked with, and keys of
 * encrypted images. MCUboot's own rule (`allowed_unprot_tlvs`, MCUBOOT_USE_TLV_ALLOW_LIST), for vendors' types too. A type
 * that is unknown inside the protected area is signed, and the boot loader passes over it.
 */
const UNPROTECTED_TYPES: ReadonlySet<number> = new Set(
  Object.values(TlvType).filter((type) => type !== TlvType.dependency && type !== TlvType.securityCounter),
);

/** Refuses a TLV that no signature covers although a boot loader could act on it: `mcuboot.tlv-unprotected`. */
export function checkUnprotectedTypes(tlvs: readonly ImageTlv[]): Result<void> {
  const stray = tlvs.find(({ type, isProtected }) => !isProtected && !UNPROTECTED_TYPES.has(type));
  if (stray === undefined) return accept(undefined);
  const type = `0x${stray.type.toString(16).padStart(2, '0')}`;
  const reason = `The image carries a TLV of type ${type} outside the protected area, where only hash, key and signature may stand.`;
  return refuse('mcuboot.tlv-unprotected', reason, { type: stray.type });
}

/** One TLV. Only those of the protected area are covered by the image's hash, and so by its signature. */
export interface ImageTlv {
  readonly type: number;
  readonly value: Uint8Array;
  readonly isProtected: boolean;
}

const INFO_BYTES = 4;
const ENTRY_BYTES = 4;
/** imgtool writes about six; a bound on work, not a rule of the format. */
const MAX_TLVS = 64;

/** True where the bytes at `offset` are the info of a TLV area with this magic. */
export function hasTlvMagic(reader: ImageReader, offset: number, magic: number): boolean {
  if (reader.lenBytes - offset < INFO_BYTES) return false;
  return viewOf(reader.read(offset, INFO_BYTES)).getUint16(0, true) === magic;
}

/**
 * Reads one TLV area: info {magic16, total16 that counts the info}, then entries {type16, len16, value} that fill it exactly.
 * Refuses with `mcuboot.tlv-invalid`.
 */
export function parseTlvArea(
  reader: ImageReader,
  offset: number,
  isProtected: boolean,
): Result<{ readonly tlvs: readonly ImageTlv[]; readonly end: number }> {
  const area = isProtected ? 'protected TLV area' : 'TLV area';
  const invalid = (what: string) => refuse('mcuboot.tlv-invalid', `The image's ${area} at offset ${offset} ${what}.`);
  if (offset + INFO_BYTES > reader.lenBytes) {
    return invalid(`lies beyond the end of the file, which is ${reader.lenBytes} bytes long`);
  }
  const magic = isProtected ? TlvMagic.protected : TlvMagic.unprotected;
  const info = viewOf(reader.read(offset, INFO_BYTES));
  const magicSeen = info.getUint16(0, true);
  if (magicSeen !== magic) {
    return invalid(`starts with 0x${magicSeen.toString(16).padStart(4, '0')} instead of 0x${magic.toString(16)}`);
  }
  const areaBytes = info.getUint16(2, true);
  if (areaBytes < INFO_BYTES) return invalid(`states a length of ${areaBytes} bytes, its own info takes ${INFO_BYTES}`);
  if (offset + areaBytes > reader.lenBytes)
    return invalid(`states ${areaBytes} bytes and runs over the end of the file`);

  const bytes = reader.read(offset, areaBytes);
  const view = viewOf(bytes);
  const tlvs: ImageTlv[] = [];
  let at = INFO_BYTES;
  while (at < areaBytes) {
    if (tlvs.length === MAX_TLVS) return invalid(`holds more than ${MAX_TLVS} entries`);
    if (at + ENTRY_BYTES > areaBytes) return invalid('ends within an entry');
    const lenBytes = view.getUint16(at + 2, true);
    if (at + ENTRY_BYTES + lenBytes > areaBytes) return invalid(`holds an entry of ${lenBytes} bytes that overruns it`);
    const value = bytes.slice(at + ENTRY_BYTES, at + ENTRY_BYTES + lenBytes);
    tlvs.push({ type: view.getUint16(at, true), value, isProtected });
    at += ENTRY_BYTES + lenBytes;
  }
  return accept({ tlvs, end: offset + areaBytes });
}
