import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { RefusalError, accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import { errnoOf, refuseStorageFault } from './storage-fault.ts';

/** A content by which it is asked for: both are checked each time. */
export interface StoredContent {
  readonly sha256: Sha256Hex;
  readonly lenBytes: number;
}

/** A SHA-256 that sees every byte of a content, in order. */
export interface ContentHash {
  update(chunk: Uint8Array): unknown;
  digestHex(): Sha256Hex;
}

const CHUNK_BYTES = 1 << 20;

/**
 * Streams a content from the file that claims to hold it. The last chunk is released only after the whole content's length and
 * SHA-256 were found right. `hash` may work out more than the SHA-256 on the way; by default it does not.
 *
 * The iteration throws a `RefusalError`: `bundle.stored-missing`, `bundle.stored-damaged`, `station.storage-failed`.
 */
export async function* openContent(
  path: string,
  content: StoredContent,
  { chunkBytes = CHUNK_BYTES, hash = sha256() }: { readonly chunkBytes?: number; readonly hash?: ContentHash } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await openFile(path, content);
  try {
    let held: Buffer | null = null;
    for (let at = 0; at < content.lenBytes; at += held.length) {
      if (held) yield held;
      held = await readPart(handle, at, Math.min(chunkBytes, content.lenBytes - at), content);
      hash.update(held);
    }
    if (hash.digestHex() !== content.sha256) throw new RefusalError(refuseDamaged(content));
    if (held) yield held;
  } finally {
    await handle.close();
  }
}

/** Hands a content's chunks to `take`; what it was given counts only where the answer is yes. Refuses as {@link openContent} throws. */
export async function consumeContent(
  chunks: AsyncIterable<Uint8Array>,
  take: (chunk: Uint8Array) => void = () => undefined,
): Promise<Result<void>> {
  try {
    for await (const chunk of chunks) take(chunk);
    return accept(undefined);
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

export function refuseDamaged(content: StoredContent): Refusal {
  const reason = `The stored content ${content.sha256} was changed or damaged on the disk; import its bundle again.`;
  return refuse('bundle.stored-damaged', reason, { sha256: content.sha256 });
}

function sha256(): ContentHash {
  const hash = createHash('sha256');
  return { update: (chunk) => hash.update(chunk), digestHex: () => hash.digest('hex') };
}

async function openFile(path: string, content: StoredContent): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw new RefusalError(refuseUnreadable(content, errnoOf(error)), { cause: error });
  }
  const stat = await handle.stat();
  if (stat.isFile() && stat.size === content.lenBytes) return handle;
  await handle.close();
  throw new RefusalError(refuseDamaged(content));
}

async function readPart(handle: FileHandle, at: number, lenBytes: number, content: StoredContent): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(lenBytes);
  for (let done = 0; done < lenBytes;) {
    const count = await readSome(handle, bytes, done, at);
    if (count === 0) throw new RefusalError(refuseDamaged(content));
    done += count;
  }
  return bytes;
}

async function readSome(handle: FileHandle, bytes: Buffer, done: number, at: number): Promise<number> {
  try {
    return (await handle.read(bytes, done, bytes.length - done, at + done)).bytesRead;
  } catch (error) {
    throw new RefusalError(refuseStorageFault(errnoOf(error)), { cause: error });
  }
}

function refuseUnreadable(content: StoredContent, errno: string): Refusal {
  if (errno !== 'ENOENT') return refuseStorageFault(errno);
  const reason = `The store no longer holds the content ${content.sha256}; import its bundle again.`;
  return refuse('bundle.stored-missing', reason, { sha256: content.sha256 });
}
