import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';

/** An image of a length that can be written fits into its slot. Refuses with `device.image-too-large` or `device.image-length`. */
export function checkImageLength(roomBytes: number, lenBytes: number): Result<void> {
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
