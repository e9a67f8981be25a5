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

/** As well allowed for tools that never leave the house with the product: they ask for their own files to stay open, or for thanks. */
const allowedForTools: ReadonlySet<string> = new Set(['CC-BY-3.0', 'MPL-2.0', 'Unicode-DFS-2016', 'WTFPL']);

/** Packages whose package.json names no licence: the licence as read by a person, and the file that was read. */
const readByHand: Readonly<Record<string, { licence: string; file: string; sha256: string }>> = {
  // "Public Domain.", says the head of its one file.
  cycle: {
    licence: 'Unlicense',
    file: 'cycle.js',
    sha256: '5407e3072d747732b2a3f3253a5f37a47e44719b7735f7049a42a5449f4a5b02',
  },
  eyes: {
    licence: 'MIT',
    file: 'LICENSE',
    sha256: 'e424cbb68485fe465f6e58959da4bf157e5a0e716c02cd8d9a2041a12520fb93',
  },
  'png-js': {
    licence: 'MIT',
    file: 'LICENSE',
    sha256: 'bdb26a2ec815931ed6a38f3416362566204ee85ecdef96702b636402da4c75c3',
  },
};

/** Installed packages, of Drydock or of its tools, under a licence that is not on the list. One sentence each. */
export async function findLicenceFaults(): Promise<string[]> {
  const faults: string[] = [];
  const tools = await findTools();
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
    else if (!isAllowed(licence, tools.has(dirname(path))))
      faults.push(`${dirname(path)} is under ${licence}, which is not on the list`);
  }
  return faults;
}

/** Installed folders of packages that only development needs, as package-lock.json marks them. */
async function findTools(): Promise<ReadonlySet<string>> {
  const lock = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return new Set(
    Object.entries(lock.packages)
      .filter(([, { dev }]) => dev === true)
      .map(([path]) => path),
  );
}

/** An SPDX expression of identifiers, AND, OR and parentheses; AND binds closer than OR. `isTool`: the package is not shipped. */
export function isAllowed(expression: string, isTool = false): boolean {
  const inner = expression.replaceAll(/\(([^()]*)\)/g, (_, part: string) =>
    isAllowed(part, isTool) ? '0BSD' : 'refused',
  );
  if (inner !== expression) return isAllowed(inner, isTool);
  return inner.split(' OR ').some((alternative) =>
    alternative.split(' AND ').every((part) => {
      const identifier = part.trim();
      return allowed.has(identifier) || (isTool && allowedForTools.has(identifier));
    }),
  );
}

async function licenceReadByHand(name: string, folder: string): Promise<string | undefined> {
  const known = readByHand[name];
  if (known === undefined) return undefined;
  const digest = createHash('sha256')
    .update(await readFile(join(folder, known.file)))
    .digest('hex');
  return digest === known.sha256 ? known.licence : undefined;
}
