import { cp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../project-root.ts';

/** The page, as vite.config.ts describes it. */
export async function buildRenderer(): Promise<void> {
  if (!existsSync(join(projectRoot, 'vite.config.ts'))) {
    await copyTestPage();
    return;
  }
  await build({ root: projectRoot, configFile: join(projectRoot, 'vite.config.ts'), logLevel: 'warn' });
}

/** Until renderer/ is there: the page with which the tests of the shell run. */
async function copyTestPage(): Promise<void> {
  const out = join(projectRoot, 'out', 'renderer');
  await rm(out, { recursive: true, force: true });
  await cp(join(projectRoot, 'test', 'fixtures', 'window-page'), out, { recursive: true });
}
