import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
}

/** Built into the page, and so shipped, though npm counts them among the tools. */
const inThePage: ReadonlySet<string> = new Set([
  '@fontsource/ibm-plex-mono',
  '@fontsource/ibm-plex-sans',
  'svelte',
  'uqr',
  'electron',
]);

/** Names and licence texts of everything that is shipped, for the window's About: their licences ask that they are handed on. */
export async function writeLicences(): Promise<void> {
  const lock = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const licences = [];
  for (const [path, locked] of Object.entries(lock.packages)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isShipped = path !== '' && (locked.dev !== true || inThePage.has(name));
    // Of the packages for other platforms there is nothing here to read, and nothing is shipped.
    if (!isShipped || !existsSync(join(projectRoot, path, 'package.json'))) continue;
    const text = await readLicence(join(projectRoot, path));
    licences.push({ name, version: locked.version ?? '', licence: locked.license ?? '', text });
  }
  await mkdir(join(projectRoot, 'out'), { recursive: true });
  await writeFile(join(projectRoot, 'out', 'licences.json'), `${JSON.stringify(licences, null, 1)}\n`);
}

async function readLicence(folder: string): Promise<string> {
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  return file === undefined ? '' : await readFile(join(folder, file), 'utf8');
}
