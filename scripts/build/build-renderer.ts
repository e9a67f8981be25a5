import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../project-root.ts';

/** The page, as vite.config.ts describes it. */
export async function buildRenderer(): Promise<void> {
  await build({ configFile: join(projectRoot, 'vite.config.ts'), logLevel: 'warn' });
}
