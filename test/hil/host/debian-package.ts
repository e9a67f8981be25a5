import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, cacheFolder } from './cache.ts';
import { tool } from './prerequisites.ts';

const DOWNLOAD_MS = 180_000;

/** A package could not be had: a reason to skip the bench, not a fault of Drydock. */
export class PackageMissing extends Error {
  override readonly name = 'PackageMissing';
}

/**
 * Unpacks a Debian package into the cache without installing it, and returns the folder. Only files that fit one of `patterns`
 * (tar's wildcards) are unpacked. Throws `PackageMissing` where it cannot be downloaded.
 */
export function unpackPackage(name: string, patterns: readonly string[]): string {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const downloads = cached('downloads');
  try {
    // apt checks the package's hash against the signed lists of its archive.
    execFileSync(tool('apt-get'), ['download', '-q', name], { cwd: downloads, stdio: 'pipe', timeout: DOWNLOAD_MS });
  } catch (error) {
    throw new PackageMissing(`apt-get could not download ${name}`, { cause: error });
  }
  const archive = readdirSync(downloads).find((file) => file.startsWith(`${name}_`));
  if (archive === undefined) throw new PackageMissing(`apt-get downloaded nothing for ${name}`);
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  cached(`${name}.new`);
  const unpack = 'set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner --wildcards "${@:3}"';
  execFileSync('bash', ['-c', unpack, 'unpack', join(downloads, archive), draft, ...patterns], { stdio: 'pipe' });
  renameSync(draft, folder);
  rmSync(join(downloads, archive));
  return folder;
}

/** The package that a Debian metapackage stands for today, e.g. `linux-image-amd64` → `linux-image-6.1.0-56-amd64`. */
export function resolveMetapackage(name: string, wanted: RegExp): string {
  const listed = execFileSync('apt-cache', ['depends', '--important', name], { encoding: 'utf8', stdio: 'pipe' });
  const found = [...listed.matchAll(/Depends: (\S+)/g)].map(([, depended = '']) => depended);
  const match = found.find((depended) => wanted.test(depended));
  if (match === undefined) throw new PackageMissing(`${name} is not in apt's lists`);
  return match;
}
