import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes sure that one program at a time holds the units of a folder. Returns the function that lets go. */
export function takeFolderLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'bench.lock');
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!isErrorWithCode(error, 'EEXIST')) throw error;
    const holder = Number(readFileSync(path, 'utf8'));
    if (holder === process.pid || isAlive(holder)) {
      throw new Error(`process ${holder} is using the virtual bench in ${folder}`, { cause: error });
    }
    // The program that wrote it was killed.
    writeFileSync(path, String(process.pid));
  }
  return () => rmSync(path, { force: true });
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return isErrorWithCode(error, 'EPERM');
  }
}

function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
