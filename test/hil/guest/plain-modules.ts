/**
 * Loaded before everything else in the guest (`NODE_OPTIONS=--import`), as /plain-modules.mjs: the sources came here without their types
 * (host/guest-sources.ts), and taking types off costs an emulated machine many seconds for each process.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', source: readFileSync(fileURLToPath(url), 'utf8'), shortCircuit: true };
  },
});
