import { readFile, stat } from 'node:fs/promises';
import type * as v from 'valibot';
import type { windowOperations } from '../../contract/window/window-operations.ts';

export type About = v.InferOutput<(typeof windowOperations)['window.about']['output']>;

/** The list has some 100 kB; a file that is far longer is not the one that the build wrote. */
const maxLicencesBytes = 8 * 1024 * 1024;

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
    licences: await readLicences(licences),
  };
}

async function readLicences(path: string): Promise<About['licences']> {
  const lenBytes = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (lenBytes === 0 || lenBytes > maxLicencesBytes) return [];
  return JSON.parse(await readFile(path, 'utf8')) as About['licences'];
}
