import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { readDependencies } from './image-dependency.ts';
import type { ImageDependency } from './image-dependency.ts';
import { IMAGE_HEADER_BYTES, parseImageHeader } from './image-header.ts';
import type { ImageHeader } from './image-header.ts';
import { toImageReader, viewOf } from './image-source.ts';
import type { ImageReader, ImageSource } from './image-source.ts';
import { checkUnprotectedTypes, hasTlvMagic, parseTlvArea, TlvMagic, TlvType } from './image-tlv.ts';
import type { ImageTlv } from './image-tlv.ts';
import { TRAILER_MAGIC_BYTES, trailerAlignment } from './trailer.ts';

export interface McubootImage {
  readonly header: ImageHeader;
  /** `major.minor.revision+build` */
  readonly version: string;
  /** In file order, the protected ones first. */
  readonly tlvs: readonly ImageTlv[];
  /** The hash covers the bytes from 0 up to here: header area, body and protected TLVs. */
  readonly hashedBytes: number;
  /** Security counter (TLV 0x50); null where the image carries none. */
  readonly securityCounter: number | null;
  readonly dependencies: readonly ImageDependency[];
}

/**
 * Reads an MCUboot image file: header, TLV areas and nothing behind them. Reads a few hundred bytes only; checks no hash and
 * no signature (see {@link verifyMcubootImage}). Never throws on any bytes.
 *
 * Refuses with `mcuboot.header-invalid`, `mcuboot.tlv-invalid`, `mcuboot.trailer-present`, `mcuboot.trailing-bytes`,
 * `mcuboot.counter-invalid`, `mcuboot.dependency-invalid` or `mcuboot.tlv-unprotected`. Source: MCUboot docs/design.md, "Image format" and `bootutil_tlv_iter_begin`.
 */
export function parseMcubootImage(source: ImageSource): Result<McubootImage> {
  const reader = toImageReader(source);
  const started = parseImageStart(reader);
  if (!started.ok) return started;
  const tail = checkNothingFollows(reader, started.value.lenBytes);
  return tail.ok ? accept(started.value.image) : tail;
}

/** An image at the start of something longer, and how far it reaches. */
export interface ImageStart {
  readonly image: McubootImage;
  /** Header to last TLV. */
  readonly lenBytes: number;
}

/** Reads the image at the start of a slot; what stands behind its last TLV is not looked at. Refuses as {@link parseMcubootImage}. */
export function parseImageStart(reader: ImageReader): Result<ImageStart> {
  const header = parseImageHeader(reader.read(0, Math.min(IMAGE_HEADER_BYTES, reader.lenBytes)));
  if (!header.ok) return header;

  const bodyEnd = header.value.headerBytes + header.value.bodyBytes;
  const protectedArea = parseProtectedArea(reader, bodyEnd, header.value.protectedTlvBytes);
  if (!protectedArea.ok) return protectedArea;
  const hashedBytes = protectedArea.value.end;
  const openArea = parseTlvArea(reader, hashedBytes, false);
  if (!openArea.ok) return openArea;

  const tlvs = [...protectedArea.value.tlvs, ...openArea.value.tlvs];
  const securityCounter = readSecurityCounter(tlvs);
  if (!securityCounter.ok) return securityCounter;
  const dependencies = readDependencies(tlvs);
  if (!dependencies.ok) return dependencies;
  const placed = checkUnprotectedTypes(tlvs);
  if (!placed.ok) return placed;

  const image = {
    header: header.value,
    version: header.value.version,
    tlvs,
    hashedBytes,
    securityCounter: securityCounter.value,
    dependencies: dependencies.value,
  };
  return accept({ image, lenBytes: openArea.value.end });
}

/** As the boot loader: a protected area exists exactly where the header says so, with exactly that length. */
function parseProtectedArea(
  reader: ImageReader,
  offset: number,
  statedBytes: number,
): Result<{ readonly tlvs: readonly ImageTlv[]; readonly end: number }> {
  if (statedBytes === 0 && !hasTlvMagic(reader, offset, TlvMagic.protected)) return accept({ tlvs: [], end: offset });
  const area = parseTlvArea(reader, offset, true);
  if (!area.ok) return area;
  const areaBytes = area.value.end - offset;
  if (areaBytes !== statedBytes) {
    return refuse(
      'mcuboot.tlv-invalid',
      `The image's header states ${statedBytes} bytes of protected TLVs, the area itself states ${areaBytes}.`,
    );
  }
  return area;
}

/** A file that brings its own trailer would be installed for good, without the test boot; padding hides one. */
function checkNothingFollows(reader: ImageReader, end: number): Result<void> {
  const trailingBytes = reader.lenBytes - end;
  if (trailingBytes === 0) return accept(undefined);
  const lastBytes = Math.min(TRAILER_MAGIC_BYTES, trailingBytes);
  const last = reader.read(reader.lenBytes - lastBytes, lastBytes);
  if (trailerAlignment(last) !== null) {
    return refuse(
      'mcuboot.trailer-present',
      'The image file is padded and carries a boot trailer, which would skip the test boot; sign it without padding.',
    );
  }
  return refuse(
    'mcuboot.trailing-bytes',
    `The image file has ${trailingBytes} bytes behind its last TLV; sign it without padding.`,
  );
}

/** A counter outside the protected area is not signed, and the boot loader does not read it there. */
function readSecurityCounter(tlvs: readonly ImageTlv[]): Result<number | null> {
  const [counter, ...others] = tlvs.filter((tlv) => tlv.type === TlvType.securityCounter);
  if (counter === undefined) return accept(null);
  if (others.length > 0) return refuse('mcuboot.counter-invalid', 'The image carries more than one security counter.');
  if (!counter.isProtected) {
    return refuse('mcuboot.counter-invalid', "The image's security counter stands outside the protected TLVs.");
  }
  if (counter.value.byteLength !== 4) {
    return refuse(
      'mcuboot.counter-invalid',
      `The image's security counter is ${counter.value.byteLength} bytes long instead of 4.`,
    );
  }
  return accept(viewOf(counter.value).getUint32(0, true));
}
