import { closeSync, cpSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
}

/** A file of an archive in Electron's format, with `/` between the parts of its path. */
export interface AsarFile {
  readonly path: string;
  readonly unpacked: boolean;
  readonly hasIntegrity: boolean;
  readonly read: () => Buffer;
}

/** Reads an archive as its format is described: two pickles, a JSON of the tree, then the bytes of the files. */
export function readAsar(archive: string): AsarFile[] {
  const sizes = readAt(archive, 0, 16);
  const headerLenBytes = sizes.readUInt32LE(4);
  const tree = JSON.parse(readAt(archive, 16, sizes.readUInt32LE(12)).toString('utf8')) as AsarEntry;
  return walk(tree, '').map(({ path, entry }) => ({
    path,
    unpacked: entry.unpacked === true,
    hasIntegrity: entry.integrity?.algorithm === 'SHA256',
    read: () => readAt(archive, 8 + headerLenBytes + Number(entry.offset), entry.size ?? 0),
  }));
}

/** Writes all of it as files, those that lie beside the archive too. */
export function unpackAsar(archive: string, folder: string): void {
  for (const { path, unpacked, read } of readAsar(archive)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (unpacked) cpSync(join(`${archive}.unpacked`, path), target);
    else writeFileSync(target, read());
  }
}

function walk(entry: AsarEntry, path: string): { path: string; entry: AsarEntry }[] {
  if (entry.files === undefined) return [{ path, entry }];
  return Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}/${name}`));
}

function readAt(path: string, offset: number, lenBytes: number): Buffer {
  const bytes = Buffer.alloc(lenBytes);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, lenBytes, offset);
  } finally {
    closeSync(file);
  }
  return bytes;
}
