import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Direct dependencies that docs/dependencies.md leaves out, gives another version, or names in vain. One sentence each. */
export async function findDependencyTableFaults(): Promise<string[]> {
  // package.json is the project's own file; npm has read it by the time this runs.
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as Manifest;
  const document = await readFile(join(projectRoot, 'docs', 'dependencies.md'), 'utf8');
  return compareTable({ ...manifest.dependencies, ...manifest.devDependencies }, document);
}

/** @param document Markdown with rows that begin `| \`name\` | version |` */
export function compareTable(dependencies: Readonly<Record<string, string>>, document: string): string[] {
  const rows = new Map(
    [...document.matchAll(/^\| `([^`]+)` +\| (\S+) /gm)].map(([, name = '', version = '']) => [name, version]),
  );
  const faults: string[] = [];
  for (const [name, range] of Object.entries(dependencies)) {
    const version = range.slice(range.lastIndexOf('@') + 1);
    const told = rows.get(name);
    if (told === undefined) faults.push(`docs/dependencies.md does not say what ${name} is for`);
    else if (told !== version) faults.push(`docs/dependencies.md says ${name} ${told}, package.json ${version}`);
    rows.delete(name);
  }
  return [...faults, ...[...rows.keys()].map((name) => `docs/dependencies.md names ${name}, which is not used`)];
}
