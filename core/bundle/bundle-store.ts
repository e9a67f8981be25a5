import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accept } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import { syncFolder } from '../sync-folder.ts';
import { consumeContent, openContent, refuseDamaged } from './stored-content.ts';
import type { StoredContent } from './stored-content.ts';

/** A verified file in quarantine that moves into the store under its own hash. */
export interface VerifiedFile {
  readonly path: string;
  readonly sha256: Sha256Hex;
}

const CONTENT_NAME = /^[0-9a-f]{64}$/;

/**
 * `<data>/store/<sha256>`: contents of imported bundles under their own hash. The name is a claim, never proof: whoever
 * reads gets the content hashed again at that very moment (REQ-OTA-MAN-02).
 */
export class BundleStore {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'store');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Streams a content in chunks of at most 1 MiB. The last chunk is released only after the whole content's length and
   * SHA-256 were found right, so a unit that was given a changed content never gets all of it.
   *
   * The iteration throws a `RefusalError`: `bundle.stored-missing`, `bundle.stored-damaged`, `station.storage-failed`.
   */
  open(content: StoredContent, chunkBytes?: number): AsyncGenerator<Uint8Array, void, undefined> {
    return openContent(this.pathOf(content.sha256), content, chunkBytes === undefined ? {} : { chunkBytes });
  }

  /** Reads a content whole, for small ones. Refuses as {@link open} throws, and `bundle.stored-damaged` beyond `maxBytes`. */
  async read(content: StoredContent, maxBytes: number): Promise<Result<Buffer>> {
    if (content.lenBytes > maxBytes) return refuseDamaged(content);
    const chunks: Uint8Array[] = [];
    const verified = await consumeContent(this.open(content), (chunk) => chunks.push(chunk));
    return verified.ok ? accept(Buffer.concat(chunks)) : verified;
  }

  /** Hashes a content as it lies on the disk. Refuses as {@link open} throws. */
  verify(content: StoredContent): Promise<Result<void>> {
    return consumeContent(this.open(content));
  }

  has(sha256: Sha256Hex): boolean {
    return existsSync(this.pathOf(sha256));
  }

  /** Where a content lies, for a look into one that was just verified. */
  pathOf(sha256: Sha256Hex): string {
    if (!CONTENT_NAME.test(sha256)) throw new TypeError('a content is named by 64 lower-case hex digits');
    return join(this.#folder, sha256);
  }

  list(): Sha256Hex[] {
    return readdirSync(this.#folder).filter((name) => CONTENT_NAME.test(name));
  }

  /**
   * Moves verified files in and makes the move durable; a content that is already there is replaced, which mends a damaged
   * one. What it replaces stays beside the file in quarantine, to be discarded with it. Synchronous, so that no other import comes between this and the transaction that names the contents.
   * Answers what was not there before. Throws on I/O errors.
   */
  adopt(files: readonly VerifiedFile[]): Sha256Hex[] {
    const added: Sha256Hex[] = [];
    try {
      for (const { path, sha256 } of files) {
        if (this.has(sha256)) keepUntilDiscarded(this.pathOf(sha256), `${path}.replaced`);
        else added.push(sha256);
        renameSync(path, this.pathOf(sha256));
      }
      syncFolder(this.#folder);
      return added;
    } catch (error) {
      this.remove(added);
      throw error;
    }
  }

  remove(contents: readonly Sha256Hex[]): void {
    for (const sha256 of contents) rmSync(this.pathOf(sha256), { force: true });
  }

  /** Removes what no bundle needs, e.g. after a crash between move and commit; answers what it removed. */
  collectOrphans(isReferenced: (sha256: Sha256Hex) => boolean): Sha256Hex[] {
    const orphans = this.list().filter((sha256) => !isReferenced(sha256));
    this.remove(orphans);
    return orphans;
  }
}

/** Freeing gigabytes takes the disk a while: with a second name for them, the rename that replaces them is a moment's work. */
function keepUntilDiscarded(content: string, secondName: string): void {
  try {
    linkSync(content, secondName);
  } catch (error) {
    // A file system without hard links frees them within the rename, which takes longer and does the same.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}
