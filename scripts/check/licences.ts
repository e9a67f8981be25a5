import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../project-root.ts';

/** SPDX identifiers that allow use in a closed product without more than a notice. */
const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);

/** Packages whose package.json names no licence: the licence as read by a person, and the file that was read. */
const readByHand: Readonly<Record<string, { licence: string; file: string; sha256: string }>> = {
  'png-js': {
    licence: 'MIT',
    file: 'LICENSE',
    sha256: 'bdb26a2ec815931ed6a38f3416362566204ee85ecdef96702b636402da4c75c3',
  },
};

/** Installed packages, of Drydock or of its tools, under a licence that is not on the list. One sentence each. */
export async function findLicenceFaults(): Promise<string[]> {
  const faults: string[] = [];
  const folders = [
    'node_modules/**/node_modules/*',
    'node_modules/**/node_modules/@*/*',
    'node_modules/*',
    'node_modules/@*/*',
  ];
  for await (const path of glob(
    folders.map((folder) => `${folder}/package.json`),
    { cwd: projectRoot },
  )) {
    const folder = join(projectRoot, dirname(path));
    // Of a package's manifest only these two are read, and each is checked for its type where it is used.
    const manifest = JSON.parse(await readFile(join(projectRoot, path), 'utf8')) as {
      name?: unknown;
      license?: unknown;
    };
    const licence = manifest.license ?? (await licenceReadByHand(String(manifest.name), folder));
    if (typeof licence !== 'string') faults.push(`${dirname(path)} names no licence`);
    else if (!isAllowed(licence)) faults.push(`${dirname(path)} is under ${licence}, which is not on the list`);
  }
  return faults;
}

/** An SPDX expression of identifiers, AND, OR and parentheses; AND binds closer than OR. */
export function isAllowed(expression: string): boolean {
  const inner = expression.replaceAll(/\(([^()]*)\)/g, (_, part: string) => (isAllowed(part) ? '0BSD' : 'refused'));
  if (inner !== expression) return isAllowed(inner);
  return inner
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((identifier) => allowed.has(identifier.trim())));
}

async function licenceReadByHand(name: string, folder: string): Promise<string | undefined> {
  const known = readByHand[name];
  if (known === undefined) return undefined;
  const digest = createHash('sha256')
    .update(await readFile(join(folder, known.file)))
    .digest('hex');
  return digest === known.sha256 ? known.licence : undefined;
}
