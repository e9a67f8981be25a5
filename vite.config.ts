import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/**
 * Builds the window's page into out/renderer. Nothing is inlined, neither script nor style nor font, so that the page works under a
 * policy that allows only `'self'`. The one target is the Chromium of the Electron release in package.json.
 */
export default defineConfig({
  root: join(import.meta.dirname, 'renderer'),
  base: './',
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: join(import.meta.dirname, 'out', 'renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // Parts are fetched from the disk beside the page, one style sheet for all: nothing has to be announced to the browser.
    modulePreload: false,
    cssCodeSplit: false,
    target: 'chrome146',
    // A map names the folders of the machine that built it.
    sourcemap: false,
  },
});
