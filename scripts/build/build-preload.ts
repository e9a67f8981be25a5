import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../project-root.ts';

/** One CommonJS file: a sandboxed preload can load nothing but `electron`. */
export async function buildPreload(): Promise<void> {
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(projectRoot, 'out', 'preload'),
      emptyOutDir: true,
      minify: false,
      sourcemap: false,
      target: 'es2024',
      lib: { entry: join(projectRoot, 'preload', 'preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}
