import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Puts a program of this machine into a guest's /usr/bin, with its libraries where the loader looks for them. */
export function copyProgram(program: string, root: string): void {
  link(program, join(root, 'usr', 'bin', basename(program)));
  copyLibraries(program, root);
}

/** The libraries that a program or an add-on of Node is linked with. */
export function copyLibraries(program: string, root: string): void {
  for (const library of listLibraries(program)) link(library, join(root, library));
}

/** A link for the time being: what is packed is the file behind it. */
function link(file: string, place: string): void {
  mkdirSync(dirname(place), { recursive: true });
  if (!existsSync(place)) symlinkSync(realpathSync(file), place);
}

function listLibraries(program: string): string[] {
  const listed = execFileSync('ldd', [program], { encoding: 'utf8' });
  return [...listed.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].map(([, path = '']) => path);
}

/** A file of this machine into the same or another place of the guest. */
export function copyInto(file: string, root: string, ...place: readonly string[]): void {
  const path = join(root, ...place);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(file, path);
}
