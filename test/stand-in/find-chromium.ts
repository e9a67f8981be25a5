import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { findChromium } from '../../scripts/start/find-chromium.ts';

/** A Chromium that is installed, or else the headless one of the package `@sparticuz/chromium` (Linux on x64). */
export async function chromiumPath(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return findChromium(env) ?? (await unpackChromium());
}

/** Unpacks it once for all processes. */
async function unpackChromium(): Promise<string> {
  const folder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const cache = join(dirname(dirname(folder)), '.cache', 'drydock-chromium');
  const path = join(cache, 'chromium');
  if (existsSync(path)) return path;
  mkdirSync(cache, { recursive: true });
  // Renamed into place: another process never starts half a program.
  const unfinished = `${path}.${process.pid}`;
  const packed = join(folder, 'bin', 'chromium.br');
  try {
    await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(unfinished));
    chmodSync(unfinished, 0o755);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return path;
}
