import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { trailerLenBytes } from '../mcuboot/trailer.ts';
import type { TrailerGeometry } from '../mcuboot/trailer.ts';

/**
 * The image fits below the trailer of an MCUboot slot; one that reaches into the trailer is erased by the unit after it was
 * acknowledged. Refuses with `device.image-too-large` or `device.image-length`.
 */
export function checkRoom(
  slotBytes: number,
  trailer: TrailerGeometry & { readonly sectorBytes: number },
  lenBytes: number,
): Result<void> {
  const { sectorBytes } = trailer;
  // The boot loader erases the trailer by sectors, so that an image must not share one with it.
  const trailerBytes = Math.ceil(trailerLenBytes(trailer) / sectorBytes) * sectorBytes;
  const roomBytes = slotBytes - trailerBytes;
  if (!Number.isSafeInteger(lenBytes) || lenBytes < 1) {
    return refuse('device.image-length', `An image of ${lenBytes} bytes cannot be written.`, { lenBytes });
  }
  if (lenBytes > roomBytes) {
    return refuse(
      'device.image-too-large',
      `The image is ${lenBytes} bytes long, its slot has room for ${Math.max(0, roomBytes)} bytes.`,
      { lenBytes, roomBytes },
    );
  }
  return accept(undefined);
}
