import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type * as v from 'valibot';
import type { windowOperations } from '../../contract/window/window-operations.ts';

export type About = v.InferOutput<(typeof windowOperations)['window.about']['output']>;

const shown = ['electron', 'chrome', 'node', 'v8', 'openssl', 'sqlite'];

/**
 * What About shows: versions of what runs here, and the licence of every package that is shipped.
 * @param licences file that the build wrote; without it (a source tree that was never built) there are none to show
 */
export async function describeProgram(
  version: string,
  versions: NodeJS.ProcessVersions,
  licences: string,
): Promise<About> {
  const parts = shown.flatMap((name) => {
    const found = versions[name];
    return found === undefined ? [] : [{ name, version: found }];
  });
  return {
    versions: [{ name: 'drydock', version }, ...parts],
    licences: existsSync(licences) ? (JSON.parse(await readFile(licences, 'utf8')) as About['licences']) : [],
  };
}
