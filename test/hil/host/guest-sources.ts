import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { projectRoot } from '../../../scripts/project-root.ts';

/** What a station, its command line, the tests here and the bench of downloads need of the repository. */
const FOLDERS = ['contract', 'core', 'cli', 'demo', 'simulator', 'resources', 'scripts', 'test', 'bench'];
const LEFT_OUT = ['test/fixtures', 'test/fuzz', 'test/conformance'];

/** Copies the project into a guest's file system. Types become blanks, as Node itself does it: same files, lines and columns. */
export function copyProject(target: string): void {
  for (const path of globSync(
    FOLDERS.map((folder) => `${folder}/**/*`),
    { cwd: projectRoot, withFileTypes: true },
  )) {
    const from = join(path.parentPath, path.name);
    const relative = from.slice(projectRoot.length + 1);
    if (!path.isFile() || LEFT_OUT.some((folder) => relative.startsWith(`${folder}/`))) continue;
    const to = join(target, relative);
    mkdirSync(dirname(to), { recursive: true });
    const bytes = readFileSync(from);
    writeFileSync(to, relative.endsWith('.ts') ? stripTypeScriptTypes(bytes.toString('utf8')) : bytes);
  }
  cpSync(join(projectRoot, 'package.json'), join(target, 'package.json'));
  for (const path of listPackages()) copyPackage(path, target);
}

/** Paths of the packages that Drydock needs at run time, e.g. `node_modules/usb`, as far as this platform has them. */
function listPackages(): string[] {
  // package-lock.json is npm's own file; the check of the lock file reads its form.
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
  };
  const wanted = Object.entries(lock.packages).filter(
    ([path, { dev = false, devOptional = false }]) => path !== '' && !dev && !devOptional,
  );
  const installed = new Set(
    globSync('node_modules/**/package.json', { cwd: projectRoot }).map((path) => dirname(path)),
  );
  return wanted.map(([path]) => path).filter((path) => installed.has(path));
}

/** Without sources in C and without the binaries of other platforms, which are most of the bytes. */
function copyPackage(path: string, target: string): void {
  const isForOthers = (file: string): boolean =>
    /\/better-sqlite3\/(?:deps|src)$/.test(file) ||
    (file.includes('/prebuilds/') && !basename(file).startsWith('linux-x64'));
  cpSync(join(projectRoot, path), join(target, path), {
    recursive: true,
    filter: (file) => !isForOthers(file) && (basename(file) !== 'node_modules' || file === join(projectRoot, path)),
  });
}
