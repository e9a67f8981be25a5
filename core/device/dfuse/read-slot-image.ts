import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { SlotView } from '../../../contract/schema/device.ts';
import { findImageHash } from '../../mcuboot/image-hash.ts';
import { IMAGE_HEADER_BYTES, parseImageHeader } from '../../mcuboot/image-header.ts';
import type { ImageReader } from '../../mcuboot/image-source.ts';
import { TlvMagic } from '../../mcuboot/image-tlv.ts';
import { parseMcubootImage } from '../../mcuboot/parse-image.ts';
import type { AddressRange } from './memory-pages.ts';
import type { DfuseSession } from './dfuse-session.ts';
import type { UnitMemory } from './unit-memory.ts';

/** What a slot says that it holds. Nothing is hashed: that the bytes are right is checked where they are staged. */
export type SlotContent = Pick<SlotView, 'version' | 'counter' | 'hash'> & {
  readonly state: 'empty' | 'invalid' | 'image';
};

const ERASED = 0xff;
const TLV_INFO_BYTES = 4;
/** The areas state 16-bit lengths; real ones take a few hundred bytes. */
const MAX_TLV_BYTES = 8192;

/**
 * Reads the MCUboot image at the start of a range: header and TLVs, some hundred bytes. What is no whole image there is a state
 * and no refusal. Refuses as reading does.
 */
export async function readSlotImage(
  rom: DfuseSession,
  memory: UnitMemory,
  { startAddress, endAddress }: AddressRange,
): Promise<Result<SlotContent>> {
  const read = (offset: number, lenBytes: number) => rom.readBytes(memory, startAddress + offset, lenBytes);
  const roomBytes = endAddress - startAddress;
  if (roomBytes < IMAGE_HEADER_BYTES) return accept(without('invalid'));
  const head = await read(0, IMAGE_HEADER_BYTES);
  if (!head.ok) return head;
  if (head.value.every((byte) => byte === ERASED)) return accept(without('empty'));
  const header = parseImageHeader(head.value);
  if (!header.ok) return accept(without('invalid'));
  const tlvStart = header.value.headerBytes + header.value.bodyBytes;
  const openStart = tlvStart + header.value.protectedTlvBytes;
  if (openStart + TLV_INFO_BYTES > roomBytes) return accept(without('invalid'));
  const info = await read(openStart, TLV_INFO_BYTES);
  if (!info.ok) return info;
  const end = openStart + info.value.readUInt16LE(2);
  const isArea = info.value.readUInt16LE(0) === TlvMagic.unprotected;
  if (!isArea || end > roomBytes || end - tlvStart > MAX_TLV_BYTES || end <= openStart) {
    return accept(without('invalid'));
  }
  const tlvs = await read(tlvStart, end - tlvStart);
  if (!tlvs.ok) return tlvs;
  return accept(describe(readPieces(head.value, tlvs.value, tlvStart, end)));
}

/** Header and TLVs of an image whose body was not read; nothing asks for the body. */
function readPieces(head: Buffer, tlvs: Buffer, tlvStart: number, lenBytes: number): ImageReader {
  return {
    lenBytes,
    read: (offset, count) =>
      offset + count <= head.byteLength
        ? head.subarray(offset, offset + count)
        : tlvs.subarray(offset - tlvStart, offset - tlvStart + count),
  };
}

function describe(reader: ImageReader): SlotContent {
  const image = parseMcubootImage(reader);
  if (!image.ok) return without('invalid');
  const hash = findImageHash(image.value.tlvs);
  return {
    state: 'image',
    version: image.value.version,
    counter: image.value.securityCounter,
    hash: hash.ok ? Buffer.from(hash.value.digest).toString('hex') : null,
  };
}

function without(state: 'empty' | 'invalid'): SlotContent {
  return { state, version: null, counter: null, hash: null };
}
