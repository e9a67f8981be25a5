import { refuse, accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';

/**
 * Regroups a stream into blocks of `blockBytes`, the last one shorter. A block that lies whole within a chunk is handed out as
 * a view of it, not as a copy: the source must leave a chunk as it is once it has given it away. A stream that is not exactly
 * `lenBytes` long ends with the refusal `device.image-length`; a block that could not be followed by the rest is then not
 * handed out.
 */
export async function* splitBlocks(
  chunks: AsyncIterable<Uint8Array>,
  lenBytes: number,
  blockBytes: number,
): AsyncGenerator<Result<Uint8Array<ArrayBuffer>>> {
  const wrongLength = (seenBytes: number, relation: string) =>
    refuse('device.image-length', `The image is ${relation} the ${lenBytes} bytes that were announced.`, { seenBytes });

  /** The beginning of a block that runs over the end of its chunk. */
  let begun: Uint8Array<ArrayBuffer> | null = null;
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
      at += part.byteLength;
      if (part.byteLength === blockBytes && isUnshared(part)) {
        yield accept(part);
        continue;
      }
      begun ??= new Uint8Array(blockBytes);
      begun.set(part, filledBytes);
      filledBytes += part.byteLength;
      if (filledBytes < blockBytes) continue;
      yield accept(begun);
      begun = null;
      filledBytes = 0;
    }
  }
  if (seenBytes < lenBytes) {
    yield wrongLength(seenBytes, 'shorter than');
    return;
  }
  if (begun !== null) yield accept(begun.subarray(0, filledBytes));
}

function isUnshared(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer;
}
