import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/** Builds the window's page and prints what each kind of file weighs, as it is and by gzip; fonts are compressed already. */
export async function weighPage(): Promise<void> {
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
  const folder = join(root, 'out/renderer');
  const kinds = new Map<string, { plain: number; gzip: number }>();
  for (const path of globSync('**/*.*', { cwd: folder })) {
    const bytes = readFileSync(join(folder, path));
    const kind = extname(path);
    const sum = kinds.get(kind) ?? { plain: 0, gzip: 0 };
    const gzip = kind === '.woff2' ? bytes.length : gzipSync(bytes).length;
    kinds.set(kind, { plain: sum.plain + bytes.length, gzip: sum.gzip + gzip });
  }
  for (const [kind, { plain, gzip }] of kinds)
    console.log(`${kind.padEnd(8)} ${inKilobytes(plain)} ${inKilobytes(gzip)} gzip`);
  const code = ['.html', '.js', '.css'].reduce((sum, kind) => sum + (kinds.get(kind)?.gzip ?? 0), 0);
  console.log(`code     ${' '.repeat(11)} ${inKilobytes(code)} gzip`);
}

function inKilobytes(lenBytes: number): string {
  return `${(lenBytes / 1000).toFixed(1).padStart(8)} kB`;
}
