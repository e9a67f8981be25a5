import { readdir, mkdir, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

const stampOf = (part: string): string => join(projectRoot, 'out', `.built-${part}`);

/** True where a part was built after the last change of everything that it is made of. */
export async function isFresh(part: string, sources: readonly string[]): Promise<boolean> {
  if (!existsSync(stampOf(part))) return false;
  const builtMs = (await stat(stampOf(part))).mtimeMs;
  for (const source of sources) if ((await newestMs(join(projectRoot, source))) > builtMs) return false;
  return true;
}

export async function stamp(part: string): Promise<void> {
  await mkdir(join(projectRoot, 'out'), { recursive: true });
  await writeFile(stampOf(part), '');
}

/** The folder's own time counts too: that of a file that was removed is gone. */
async function newestMs(path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = await stat(path);
  let newest = mtimeMs;
  for (const entry of await readdirIfFolder(path)) newest = Math.max(newest, await newestMs(join(path, entry)));
  return newest;
}

async function readdirIfFolder(path: string): Promise<string[]> {
  return (await stat(path)).isDirectory() ? await readdir(path) : [];
}
