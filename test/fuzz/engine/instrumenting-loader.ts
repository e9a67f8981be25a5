import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Coverage } from './coverage.ts';
import { instrument } from './instrument.ts';

const root = new URL('../../../', import.meta.url).href;
/** What is fuzzed, and the toys that the engine itself is tested with. */
const instrumentedFolders = ['core/', 'contract/', 'simulator/usbip/', 'test/fuzz/engine/toys/'].map(
  (folder) => root + folder,
);

/** From here on every module of these folders is instrumented as it is loaded, and counts in `coverage`. */
export function instrumentImports(coverage: Coverage): void {
  Object.assign(globalThis, { drydockFuzz: coverage });
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.endsWith('.ts') || !instrumentedFolders.some((folder) => url.startsWith(folder)))
        return nextLoad(url, context);
      const path = fileURLToPath(url);
      const source = instrument(readFileSync(path, 'utf8'), path, coverage.allocate);
      return { format: 'module', source, shortCircuit: true };
    },
  });
}
