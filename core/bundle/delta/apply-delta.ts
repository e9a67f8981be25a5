import { constants, createZstdDecompress } from 'node:zlib';
import { RefusalError, accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { errnoOf } from '../storage-fault.ts';
import { WINDOW_LOG_MAX, findFrameFault } from './zstd-frame.ts';

/** A delta with what it starts from and what it should lead to. */
export interface DeltaInput {
  /** The delta's name, for refusals. */
  readonly file: string;
  readonly base: Buffer;
  readonly delta: Buffer;
  /** Length of the result. */
  readonly lenBytes: number;
}

const CHUNK_BYTES = 1 << 20;
/** RFC 8878 §5: a dictionary that starts so is read as tables and entropy, not as plain bytes. */
const DICTIONARY_MAGIC = Buffer.from('37a430ec', 'hex');

/**
 * Applies a delta, chunk by chunk, and never beyond `lenBytes`. Whether the result is the right one is for its SHA-256 to
 * say (REQ-OTA-DLT-01): a wrong base may go unnoticed here.
 *
 * The iteration throws a `RefusalError`: `bundle.delta-damaged`, `bundle.delta-base-unsuitable`.
 */
export async function* applyDelta(input: DeltaInput): AsyncGenerator<Buffer, void, undefined> {
  const { file, base, delta, lenBytes } = input;
  const refusal = checkBase(file, base);
  if (refusal) throw new RefusalError(refusal);
  const framed = checkDeltaFrame(file, delta, lenBytes);
  if (!framed.ok) throw new RefusalError(framed);
  const decoder = createZstdDecompress({
    dictionary: base,
    chunkSize: CHUNK_BYTES,
    params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
  });
  decoder.end(delta);
  let doneBytes = 0;
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      doneBytes += chunk.length;
      if (doneBytes > lenBytes) throw new RefusalError(refuseDelta(file, `unpacks to more than ${lenBytes} bytes`));
      yield chunk;
    }
  } catch (error) {
    if (!isDecoderFault(error)) throw error;
    throw new RefusalError(refuseDelta(file, 'cannot be applied to its base'), { cause: error });
  }
  if (doneBytes === lenBytes) return;
  throw new RefusalError(refuseDelta(file, `unpacks to ${doneBytes} bytes instead of ${lenBytes}`));
}

/** As {@link applyDelta}, whole and in memory; refuses as it throws. */
export async function reconstruct(input: DeltaInput): Promise<Result<Buffer>> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of applyDelta(input)) chunks.push(chunk);
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
  return accept(Buffer.concat(chunks));
}

/** zstd takes a base for plain bytes. Refuses `bundle.delta-base-unsuitable`. */
export function checkBase(file: string, base: Buffer): Refusal | null {
  if (!base.subarray(0, DICTIONARY_MAGIC.length).equals(DICTIONARY_MAGIC)) return null;
  const reason = `The base of ${file} starts like a dictionary of zstd, which would be read as one: give the whole image.`;
  return refuse('bundle.delta-base-unsuitable', reason, { file });
}

/** A delta is one whole frame that says it leads to `lenBytes`. Refuses `bundle.delta-damaged`. */
export function checkDeltaFrame(file: string, delta: Buffer, lenBytes: number): Result<void> {
  const fault = findFrameFault(delta, lenBytes);
  return fault === null ? accept(undefined) : refuseDelta(file, fault);
}

/** zstd's own words about its input; that memory ran out is no fault of the delta. */
function isDecoderFault(error: unknown): boolean {
  const code = errnoOf(error);
  if (code === 'ZSTD_error_memory_allocation') return false;
  return code.startsWith('ZSTD_error_') || code === 'Z_BUF_ERROR';
}

function refuseDelta(file: string, fault: string): Refusal {
  return refuse('bundle.delta-damaged', `The delta ${file} ${fault}.`, { file });
}
