import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const projectRoot = dirname(dirname(import.meta.dirname));
let isBuilt = false;

/** Builds what is older than its sources. Test files of one run wait for each other (scripts/build.ts). */
export function buildForTests(): void {
  if (isBuilt) return;
  const built = spawnSync(process.execPath, [join(projectRoot, 'scripts', 'build.ts'), '--if-needed'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`the build failed:\n${built.stdout}${built.stderr}`);
  isBuilt = true;
}
