import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { MAX_PROFILE_BYTES } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import { PROFILE_FOLDER } from '../archive/entry-name.ts';
import { checkProfiles, type ProfileFile } from '../profiles/check-profile.ts';
import { errnoOf } from '../storage-fault.ts';

/** A device profile as its vendor names it; length and hash are read from the file. */
export interface ProfileInput {
  readonly path: string;
  /** File name under `profiles/`; that of `path` where it is left out. */
  readonly name?: string;
}

/** Makes the profiles' entries of the manifest, in the order given. Refuses `bundle.file-unreadable`, `bundle.archive-too-large`, or as `checkProfiles`. */
export function describeProfiles(inputs: readonly ProfileInput[], product: string): Result<readonly ProfileFile[]> {
  const files: ProfileFile[] = [];
  for (const { path, name = basename(path) } of inputs) {
    const bytes = readProfile(path);
    if (!bytes.ok) return bytes;
    const file = `${PROFILE_FOLDER}${name}`;
    files.push({ listed: { file, len: bytes.value.length, hash: sha256Hex(bytes.value) }, bytes: bytes.value });
  }
  const checked = checkProfiles(files, product);
  return checked.ok ? accept(files) : checked;
}

function readProfile(path: string): Result<Buffer> {
  try {
    const lenBytes = statSync(path).size;
    if (lenBytes <= MAX_PROFILE_BYTES) return accept(readFileSync(path));
    const reason = `The device profile ${path} is ${lenBytes} bytes long, at most ${MAX_PROFILE_BYTES} are read.`;
    return refuse('bundle.archive-too-large', reason, { path, lenBytes });
  } catch (error) {
    const errno = errnoOf(error);
    return refuse('bundle.file-unreadable', `The device profile ${path} cannot be read (${errno}).`, { path, errno });
  }
}
