import { extname, join } from 'node:path';

/** The only kinds of files that a page is made of. What is not named here is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
};

export interface PageFile {
  readonly path: string;
  readonly mediaType: string;
}

/** One part of a path: what a build tool calls its files, and no more. No leading dot, so neither `..` nor a hidden file. */
const partOfPath = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;

/**
 * The file of the page that an address names, or null where it names none. The address is decoded once and then has to be made of plain
 * names, so that no spelling of `..`, of a root, a drive, a device or a NUL comes as far as the file system.
 *
 * @param host the one host of the protocol
 * @param folder where the files lie
 */
export function findPageFile(address: string, host: string, folder: string): PageFile | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'app:' || url.host !== host || url.username !== '' || url.password !== '') return null;
  const path = decodePath(url.pathname);
  if (path === null) return null;
  const parts = path.split('/').slice(1);
  if (parts.length > 4 || !parts.every((part) => partOfPath.test(part))) return null;
  const mediaType = mediaTypes[extname(path)];
  return mediaType === undefined ? null : { path: join(folder, ...parts), mediaType };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not percent-encoding at all.
    return null;
  }
}
