import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** What is wrong with package-lock.json, one sentence each. */
export async function findLockFileFaults(): Promise<string[]> {
  // package-lock.json is npm's own file, in the shape that its lockfileVersion names; the first check is that version.
  const lock = JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) as LockFile;
  return judgeLockFile(lock);
}

/**
 * The same lock file must install the same bytes from any registry, on every platform: no host stands in it, every package has
 * an integrity hash, what Drydock names itself is one exact version, and no platform's optional package is missing (`npm ci`
 * refuses such a file, but only in a fresh clone).
 */
export function judgeLockFile({ lockfileVersion, packages }: LockFile): string[] {
  if (lockfileVersion !== 3) return [`package-lock.json has version ${lockfileVersion}, not 3`];
  const faults: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '') {
      for (const [name, range] of Object.entries({ ...entry.dependencies, ...entry.devDependencies })) {
        if (!/^(npm:.+@)?\d+\.\d+\.\d+$/.test(range))
          faults.push(`package.json asks for ${name}@${range}, no exact version`);
      }
      continue;
    }
    if (entry.resolved !== undefined) faults.push(`${path} names where it comes from: ${entry.resolved}`);
    if (entry.integrity === undefined) faults.push(`${path} has no integrity hash`);
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, path, name))
        faults.push(`${path} wants the optional ${name}, which is not in the lock file`);
    }
  }
  return faults;
}

/** Node's look-up: the package's own node_modules first, then each one above it. */
function isLocked(packages: LockFile['packages'], from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}
