import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const root = join(import.meta.dirname, '../..');

/** What stands on the screen → the parts that must be there for it besides the page itself, as their files in renderer/ are called. */
const screens = {
  'log-in': [],
  bench: ['Frame', 'BenchScreen'],
} as const;

/**
 * Builds the window's page and prints what its HTML, JavaScript and style weigh, as they are and by gzip: until the log-in stands there, until the
 * bench does, and all of it, which is fetched in quiet moments. Fonts are compressed already and come on top.
 */
export async function weighPage(): Promise<void> {
  const built = await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  if (!('output' in built)) throw new Error('one page is built');
  const { output } = built;
  const chunks = output.filter((file) => file.type === 'chunk');
  const always = output.filter(({ fileName }) => /\.(?:html|css)$/.test(fileName));
  for (const [name, parts] of Object.entries(screens)) {
    const first = chunks.filter((chunk) => chunk.isEntry || parts.some((part) => part === chunk.name));
    if (first.length !== parts.length + 1) throw new Error(`the page has not one file for each part of ${name}`);
    print(`to ${name}`, [...always, ...withImports(first, chunks)]);
  }
  print('all', [...always, ...chunks]);
  print(
    'fonts',
    output.filter(({ fileName }) => fileName.endsWith('.woff2')),
  );
}

function withImports(
  first: readonly Rolldown.OutputChunk[],
  chunks: readonly Rolldown.OutputChunk[],
): Set<Rolldown.OutputChunk> {
  const reached = new Set(first);
  // A set hands out also what is added while it is walked.
  for (const { imports } of reached)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) reached.add(chunk);
  return reached;
}

function print(name: string, files: Iterable<Rolldown.OutputChunk | Rolldown.OutputAsset>): void {
  let plainBytes = 0;
  let gzipBytes = 0;
  for (const file of files) {
    const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
    plainBytes += bytes.length;
    gzipBytes += file.fileName.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
  }
  console.log(`${name.padEnd(10)} ${inKilobytes(plainBytes)} ${inKilobytes(gzipBytes)} gzip`);
}

function inKilobytes(lenBytes: number): string {
  return `${(lenBytes / 1000).toFixed(1).padStart(8)} kB`;
}
