import { basename, dirname } from 'node:path';
import type { Refusal } from '../../contract/result.ts';

/**
 * A refusal as the page may read it: the last part of a chosen path in place of the whole. A path tells of accounts, shares and
 * customers, and the page has no use for one.
 *
 * @param paths that stood in the operation's input
 */
export function withoutPaths(refusal: Refusal, paths: readonly string[]): Refusal {
  const shorten = shortener(paths);
  const detail =
    refusal.detail === undefined
      ? {}
      : {
          detail: Object.fromEntries(
            Object.entries(refusal.detail).map(([key, value]) => [
              key,
              typeof value === 'string' ? shorten(value) : value,
            ]),
          ),
        };
  return { ...refusal, reason: shorten(refusal.reason), ...detail };
}

/** The longest first: a folder's path is the beginning of its files'. */
function shortener(paths: readonly string[]): (text: string) => string {
  const known = new Map<string, string>();
  for (const path of paths.flatMap((each) => [dirname(each), each])) {
    // A root has no last part, and would be found in every sentence with a slash.
    if (basename(path) !== '') known.set(path, basename(path));
  }
  const ordered = [...known].sort(([a], [b]) => b.length - a.length);
  return (text) => ordered.reduce((shorter, [path, name]) => shorter.replaceAll(path, name), text);
}
