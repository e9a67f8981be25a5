/**
 * `npm run build`: out/renderer (the page), out/preload (one CommonJS file), out/licences.json, and out/app: all of the program as
 * JavaScript, as it is packaged. `npm run build -- --if-needed` leaves out what is newer than its sources.
 */
import { buildApp } from './build/build-app.ts';
import { buildPreload } from './build/build-preload.ts';
import { buildRenderer } from './build/build-renderer.ts';
import { isFresh, stamp } from './build/freshness.ts';
import { writeLicences } from './build/write-licences.ts';

const parts = [
  { name: 'renderer', sources: ['renderer', 'contract', 'vite.config.ts', 'package-lock.json'], build: buildRenderer },
  { name: 'preload', sources: ['preload', 'contract', 'scripts/build', 'package-lock.json'], build: buildPreload },
  { name: 'licences', sources: ['package-lock.json', 'scripts/build'], build: writeLicences },
  {
    name: 'app',
    sources: [
      ...['main', 'core', 'contract', 'simulator', 'demo', 'resources', 'scripts/build', 'package.json'],
      ...['out/.built-renderer', 'out/.built-preload', 'out/.built-licences'],
    ],
    build: buildApp,
  },
] as const;

const ifNeeded = process.argv.includes('--if-needed');
for (const { name, sources, build } of parts) {
  if (ifNeeded && (await isFresh(name, sources))) continue;
  await build();
  await stamp(name);
  console.log(`built ${name}`);
}
