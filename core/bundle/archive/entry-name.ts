import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { LONGEST_NAME_BYTES } from '../limits.ts';

export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_NAME = 'manifest.p7s';
export const DOCUMENT_FOLDER = 'documents/';
export const PROFILE_FOLDER = 'profiles/';

const LISTED_NAME = /^(?:images|deltas|documents|profiles)\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Reads an entry's raw name: one of `manifest.json`, `manifest.p7s`, `images/<name>`, `deltas/<name>`, `documents/<name>`,
 * `profiles/<name>`.
 *
 * Refuses `bundle.archive-name` for a name that could lead out of a folder or be read two ways (absolute, `..`,
 * backslash, NUL, control or non-ASCII characters), `bundle.archive-entry-unknown` for any other name.
 */
export function readEntryName(raw: Uint8Array): Result<string> {
  const name = Buffer.from(raw).toString('latin1');
  const shown = JSON.stringify(name.slice(0, LONGEST_NAME_BYTES));
  if (raw.byteLength > LONGEST_NAME_BYTES) {
    const reason = `The archive holds a file name of ${raw.byteLength} characters, at most ${LONGEST_NAME_BYTES} are allowed.`;
    return refuse('bundle.archive-name', reason, { name: shown });
  }
  if (!/^[\x20-\x7e]+$/.test(name) || name.includes('\\') || name.startsWith('/') || /^[A-Za-z]:/.test(name)) {
    return refuse('bundle.archive-name', `The archive holds a file with the unsafe name ${shown}.`, { name: shown });
  }
  if (name.split('/').some((part) => part === '..' || part === '.')) {
    const reason = `The archive holds the file name ${shown}, which leads to another folder.`;
    return refuse('bundle.archive-name', reason, { name: shown });
  }
  if (name.endsWith('/')) {
    const reason = `The archive holds the folder entry ${shown}, a bundle holds files only.`;
    return refuse('bundle.archive-entry-type', reason, { name: shown });
  }
  if (name !== MANIFEST_NAME && name !== SIGNATURE_NAME && !LISTED_NAME.test(name)) {
    const reason = `The archive holds ${shown}, which is not part of a bundle: only ${MANIFEST_NAME}, ${SIGNATURE_NAME}, images/, deltas/, documents/ and profiles/ are.`;
    return refuse('bundle.archive-entry-unknown', reason, { name: shown });
  }
  return accept(name);
}
