import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

/**
 * Path of Electron's binary where it is on this machine: in $ELECTRON_OVERRIDE_DIST_PATH, or where the package has unpacked it. Never fetches
 * it: the package would, as soon as it is imported.
 */
export function findElectron(env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const given = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : defaultName();
  const path = join(given ?? join(folder, 'dist'), name);
  return existsSync(path) ? path : null;
}

function defaultName(): string {
  switch (process.platform) {
    case 'win32':
      return 'electron.exe';
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    default:
      return 'electron';
  }
}
