import type { Result } from '../../contract/result.ts';
import { checkImageLength } from './check-image-length.ts';
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
  return checkImageLength(roomBytes, lenBytes);
}
