import { refuse, accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';

/**
 * Regroups a stream into blocks of `blockBytes`, the last one shorter. A stream that is not exactly `lenBytes` long ends with
 * the refusal `device.image-length`; a block that could not be followed by the rest is then not handed out.
 */
export async function* splitBlocks(
  chunks: AsyncIterable<Uint8Array>,
  lenBytes: number,
  blockBytes: number,
): AsyncGenerator<Result<Uint8Array<ArrayBuffer>>> {
  const wrongLength = (seenBytes: number, relation: string) =>
    refuse('device.image-length', `The image is ${relation} the ${lenBytes} bytes that were announced.`, { seenBytes });

  let block = new Uint8Array(blockBytes);
  let filledBytes = 0;
  let seenBytes = 0;
  for await (const chunk of chunks) {
    seenBytes += chunk.byteLength;
    if (seenBytes > lenBytes) {
      yield wrongLength(seenBytes, 'longer than');
      return;
    }
    for (let at = 0; at < chunk.byteLength;) {
      const part = chunk.subarray(at, at + blockBytes - filledBytes);
      block.set(part, filledBytes);
      filledBytes += part.byteLength;
      at += part.byteLength;
      if (filledBytes === blockBytes) {
        yield accept(block);
        block = new Uint8Array(blockBytes);
        filledBytes = 0;
      }
    }
  }
  if (seenBytes < lenBytes) {
    yield wrongLength(seenBytes, 'shorter than');
    return;
  }
  if (filledBytes > 0) yield accept(block.slice(0, filledBytes));
}
