import { inspect } from 'node:util';
import type { Check } from './check.ts';
import type { Print } from './outcome-line.ts';
import { outcomeLine } from './outcome-line.ts';

/** Runs checks one after the other; prints one line each, and what is wrong under it. Returns how many failed. */
export async function runChecks(checks: readonly Check[], print: Print): Promise<number> {
  let failed = 0;
  for (const { name, findFaults } of checks) {
    const startMs = performance.now();
    // A check that breaks has checked nothing: it fails like one that found something.
    const faults = await findFaults().catch((error: unknown) => `The check itself broke: ${inspect(error)}`);
    print(outcomeLine(faults === '', name, performance.now() - startMs));
    if (faults === '') continue;
    failed += 1;
    print(faults.trimEnd().replaceAll(/^/gm, '    '));
  }
  return failed;
}
