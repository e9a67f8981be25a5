import { accept } from '../../../../contract/result.ts';
import { refuse, RefusalError } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import { parseMcubootImage } from '../../../mcuboot/parse-image.ts';

/**
 * Takes the whole image in before a byte goes to the unit, and reads it as the boot loader will: a file that brings its own trailer would
 * be made permanent without a test boot, and one that is no image would be marked pending all the same.
 *
 * Refuses with `device.image-length`, as `parseMcubootImage`, or with what the image's source refuses.
 */
export async function takeImage(chunks: AsyncIterable<Uint8Array>, lenBytes: number): Promise<Result<Uint8Array>> {
  const image = new Uint8Array(lenBytes);
  let doneBytes = 0;
  try {
    for await (const chunk of chunks) {
      if (doneBytes + chunk.byteLength > lenBytes) return refuseLength(lenBytes, 'longer');
      image.set(chunk, doneBytes);
      doneBytes += chunk.byteLength;
    }
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
  if (doneBytes < lenBytes) return refuseLength(lenBytes, 'shorter');
  const parsed = parseMcubootImage(image);
  return parsed.ok ? accept(image) : parsed;
}

function refuseLength(lenBytes: number, relation: string): Result<never> {
  return refuse('device.image-length', `The image is ${relation} than the ${lenBytes} bytes that were announced.`);
}
