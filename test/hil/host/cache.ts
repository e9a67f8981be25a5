import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../scripts/project-root.ts';

/** Where downloads and what is made of them stay from run to run: about 120 MB, never a part of the repository. */
export const cacheFolder =
  process.env['DRYDOCK_HIL_CACHE'] ?? join(projectRoot, 'node_modules', '.cache', 'drydock-hil');

/** A folder of the cache, made where it is not there. */
export function cached(...names: readonly string[]): string {
  const folder = join(cacheFolder, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
