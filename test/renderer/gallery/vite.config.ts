import { join } from 'node:path';
import { mergeConfig } from 'vite';
import windowConfig from '../../../vite.config.ts';

/** Builds the gallery as the window's page is built, into a folder that is never packaged. */
export default mergeConfig(windowConfig, {
  root: import.meta.dirname,
  build: { outDir: join(import.meta.dirname, '../../../out/gallery') },
});
