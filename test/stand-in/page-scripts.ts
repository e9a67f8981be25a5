import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { createWire } from './wire.ts';

const read = (name: string): string =>
  stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'page', name), 'utf8'));

/** Only a window's main frame has a preload. */
const inMainFrame = (source: string): string => `if (window.top === window) { ${source}\n }`;

/** The page's half of the bridge. */
export const mainWorldScript = inMainFrame(read('main-world.ts'));

/** The other half, and behind it the preload, which finds `electron` and no other module. */
export function isolatedWorldScript(preload: string): string {
  const modules = `(name) => { if (name === 'electron') return globalThis.standIn.electron; throw new Error('module not found: ' + name); }`;
  return inMainFrame(`const createWire = ${createWire.toString()};
${read('isolated-world.ts')}
((require, exports, module) => { ${preload}\n })(${modules}, {}, { exports: {} });`);
}
