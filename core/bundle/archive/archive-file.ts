import { closeSync, constants, fstatSync, openSync, read } from 'node:fs';
import { promisify } from 'node:util';
import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { errnoOf } from '../storage-fault.ts';
import { BUNDLE_LIMITS } from '../limits.ts';

/** The archive's file, opened once: whatever happens to its path afterwards, all reads see the same file. */
export interface ArchiveFile {
  readonly fd: number;
  readonly lenBytes: number;
}

/**
 * Opens a bundle's file for reading: a regular file, not a link, within the size limit.
 *
 * Refuses `bundle.file-unreadable`, `bundle.file-irregular`, `bundle.archive-too-large`.
 */
export function openArchiveFile(path: string): Result<ArchiveFile> {
  // O_NONBLOCK keeps a named pipe from blocking the open. Windows has neither flag, and undefined counts as 0 in `|`.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let fd: number;
  try {
    fd = openSync(path, flags);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ELOOP' || errno === 'EMLINK') {
      return refuse('bundle.file-irregular', 'The bundle is a symbolic link, choose the file itself.');
    }
    return refuse('bundle.file-unreadable', `The bundle's file cannot be opened (${errno}).`, { errno });
  }
  const refusal = checkArchiveFile(fd);
  if (!refusal.ok) closeSync(fd);
  return refusal;
}

function checkArchiveFile(fd: number): Result<ArchiveFile> {
  const stat = fstatSync(fd);
  if (!stat.isFile()) return refuse('bundle.file-irregular', 'The bundle is not a regular file.');
  if (stat.size > BUNDLE_LIMITS.archiveBytes) {
    const reason = `The bundle is ${stat.size} bytes long, at most ${BUNDLE_LIMITS.archiveBytes} are read.`;
    return refuse('bundle.archive-too-large', reason, { lenBytes: stat.size });
  }
  return accept({ fd, lenBytes: stat.size });
}

const readAt = promisify(read);

/** Reads exactly `lenBytes` at `position`, or refuses `bundle.archive-damaged` (file ends early) or `bundle.file-unreadable`. */
export async function readExactly(file: ArchiveFile, position: number, lenBytes: number): Promise<Result<Buffer>> {
  if (position < 0 || position + lenBytes > file.lenBytes) return refuseTruncated(file);
  return readInto(file, position, Buffer.alloc(lenBytes));
}

/** As {@link readExactly}, into a buffer that the caller uses again. A slow medium keeps nobody else waiting. */
export async function readInto(file: ArchiveFile, position: number, target: Buffer): Promise<Result<Buffer>> {
  let done = 0;
  try {
    while (done < target.length) {
      const { bytesRead } = await readAt(file.fd, target, done, target.length - done, position + done);
      if (bytesRead === 0) return refuseTruncated(file);
      done += bytesRead;
    }
  } catch (error) {
    const errno = errnoOf(error);
    const reason = `Reading the bundle failed (${errno}); is its medium still there?`;
    return refuse('bundle.file-unreadable', reason, { errno });
  }
  return accept(target);
}

function refuseTruncated(file: ArchiveFile): Refusal {
  const reason = `The archive points beyond its own end (${file.lenBytes} bytes): it is cut off or damaged.`;
  return refuse('bundle.archive-damaged', reason, { lenBytes: file.lenBytes });
}
