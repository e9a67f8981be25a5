/**
 * `npm run package`: builds, and makes installers by electron-builder.yml. Options go on to electron-builder: `-- --linux deb`, `-- --win`,
 * `-- --mac`. It fetches Electron's binary and the tools of the platform; the machine that packages is no station.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';

const run = (...options: string[]): boolean =>
  spawnSync(process.execPath, options, { cwd: projectRoot, stdio: 'inherit' }).status === 0;

const builder = join(projectRoot, 'node_modules', 'electron-builder', 'out', 'cli', 'cli.js');
const done =
  run(join(projectRoot, 'scripts', 'build.ts')) && run(builder, '--publish', 'never', ...process.argv.slice(2));
process.exitCode = done ? 0 : 1;
