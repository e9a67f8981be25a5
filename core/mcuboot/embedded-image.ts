import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { IMAGE_HEADER_BYTES, parseImageHeader } from './image-header.ts';
import { toImageReader } from './image-source.ts';
import type { ImageReader, ImageSource } from './image-source.ts';
import { parseTlvArea } from './image-tlv.ts';

/**
 * The MCUboot image at an offset of a larger file, such as the contents of a whole flash: from its header to its last TLV. What
 * stands around it (vectors, a boot loader, a trailer) is not looked at.
 *
 * Refuses with `mcuboot.header-invalid` or `mcuboot.tlv-invalid`.
 */
export function sliceEmbeddedImage(source: ImageSource, offset: number): Result<ImageReader> {
  const whole = toImageReader(source);
  const restBytes = whole.lenBytes - offset;
  if (restBytes < IMAGE_HEADER_BYTES) {
    return refuse(
      'mcuboot.header-invalid',
      `The file is ${whole.lenBytes} bytes long; the MCUboot image in it should begin at byte ${offset}.`,
    );
  }
  const rest = slice(whole, offset, restBytes);
  const header = parseImageHeader(rest.read(0, IMAGE_HEADER_BYTES));
  if (!header.ok) return header;
  const { headerBytes, bodyBytes, protectedTlvBytes } = header.value;
  const area = parseTlvArea(rest, headerBytes + bodyBytes + protectedTlvBytes, false);
  return area.ok ? accept(slice(whole, offset, area.value.end)) : area;
}

function slice(whole: ImageReader, start: number, lenBytes: number): ImageReader {
  return { lenBytes, read: (offset, count) => whole.read(start + offset, count) };
}
