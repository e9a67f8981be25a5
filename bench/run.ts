import { dfuBench } from './dfu/dfu-bench.ts';
import { gangBench } from './gang/gang-bench.ts';
import { historyBench } from './history/history-bench.ts';
import { importBench } from './import/import-bench.ts';
import { windowBench } from './window/window-bench.ts';

/** A benchmark: takes the arguments behind its name, prints its table, and judges nothing. */
type Bench = (args: readonly string[]) => Promise<void>;

const benches: Readonly<Record<string, Bench>> = {
  dfu: dfuBench,
  gang: gangBench,
  history: historyBench,
  import: importBench,
  window: windowBench,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  process.stderr.write(`Usage: npm run bench -- <name> [options]; there is: ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
} else {
  await bench(args);
}
