import type { ErrorCode } from '../../contract/error-code.ts';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { LocatedEntry } from './archive/data-layout.ts';

/** A file as the manifest lists it. */
interface ListedFile {
  readonly file: string;
  readonly len: number;
}

/** A folder of the archive, and what is said where it differs from the manifest's list. */
export interface ListedFolder {
  /** `documents/` */
  readonly folder: string;
  readonly codes: { readonly unlisted: ErrorCode; readonly missing: ErrorCode; readonly length: ErrorCode };
}

/**
 * Matches what the manifest lists of a folder with the archive: each file is listed once and present, with its length, and nothing
 * else lies in the folder (REQ-OTA-MAN-02). Refuses `bundle.manifest-duplicate-file`, or with the folder's codes.
 */
export function matchListed<T extends ListedFile>(
  listed: readonly T[],
  entries: ReadonlyMap<string, LocatedEntry>,
  { folder, codes }: ListedFolder,
): Result<readonly { readonly listed: T; readonly entry: LocatedEntry }[]> {
  const files = listed.map(({ file }) => file);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) {
    return refuse('bundle.manifest-duplicate-file', `manifest.json lists ${twice} twice.`, { file: twice });
  }
  for (const name of entries.keys()) {
    if (name.startsWith(folder) && !files.includes(name)) {
      return refuse(codes.unlisted, `The archive holds ${name}, which manifest.json does not list.`, { name });
    }
  }
  const matched: { readonly listed: T; readonly entry: LocatedEntry }[] = [];
  for (const one of listed) {
    const { file, len } = one;
    const entry = entries.get(file);
    if (!entry) {
      return refuse(codes.missing, `manifest.json lists ${file}, which the archive does not hold.`, { file });
    }
    if (entry.lenBytes !== len) {
      const reason = `${file} is ${entry.lenBytes} bytes long, manifest.json says ${len}.`;
      return refuse(codes.length, reason, { file, lenBytes: entry.lenBytes, expected: len });
    }
    matched.push({ listed: one, entry });
  }
  return accept(matched);
}
