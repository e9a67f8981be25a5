import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { errnoOf } from '../bundle/storage-fault.ts';

/**
 * Reads a small file that a person chose, and no more than `maxBytes` of it: a regular file, not a link. Refuses with
 * `station.file-unreadable`.
 */
export function readBoundedFile(path: string, maxBytes: number, what: string): Result<Buffer> {
  // O_NONBLOCK keeps a named pipe from blocking the open. Windows has neither flag, and undefined counts as 0 in `|`.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let fd: number;
  try {
    fd = openSync(path, flags);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ELOOP' || errno === 'EMLINK') {
      return refuse('station.file-unreadable', `${what} is a symbolic link; choose the file itself.`);
    }
    return refuseUnreadable(what, errno);
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return refuse('station.file-unreadable', `${what} must be an ordinary file.`);
    return stat.size > maxBytes ? refuseTooLarge(what, stat.size, maxBytes) : readWhole(fd, maxBytes, what);
  } finally {
    closeSync(fd);
  }
}

/** One byte more than allowed is asked for: a file that grows after its size was read is found out too. */
function readWhole(fd: number, maxBytes: number, what: string): Result<Buffer> {
  const bytes = Buffer.alloc(maxBytes + 1);
  let done = 0;
  try {
    while (done < bytes.length) {
      const count = readSync(fd, bytes, done, bytes.length - done, null);
      if (count === 0) return accept(bytes.subarray(0, done));
      done += count;
    }
  } catch (error) {
    return refuseUnreadable(what, errnoOf(error));
  }
  return refuseTooLarge(what, done, maxBytes);
}

function refuseUnreadable(what: string, errno: string): Refusal {
  return refuse('station.file-unreadable', `${what} cannot be read from the file (${errno}).`, { errno });
}

function refuseTooLarge(what: string, lenBytes: number, maxBytes: number): Refusal {
  return refuse('station.file-unreadable', `${what} has ${lenBytes} bytes or more; at most ${maxBytes} are read.`, {
    lenBytes,
  });
}
