import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareStation } from './bench-station.ts';
import { describeMachine } from './machine.ts';
import { makeBundle, writePayload } from './materials.ts';
import type { ImportCost } from './measured-import.ts';
import { findRauc, makeRaucBundle, raucInfo } from './rauc.ts';
import { printTable } from './table.ts';

const child = fileURLToPath(new URL('./measured-import.ts', import.meta.url));

/**
 * What an import costs, against `openssl dgst -sha256` of the same file and `rauc info` of the same payload. The three take
 * turns, so that a change of the machine's load meets all of them; the first round warms up and is not counted.
 */
export async function importBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { 'size-mib': { type: 'string', default: '1024' }, rounds: { type: 'string', default: '5' } },
  });
  const sizeMib = positive(values['size-mib'], '--size-mib');
  const rounds = positive(values.rounds, '--rounds');
  const folder = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  try {
    await measure(folder, sizeMib, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, sizeMib: number, rounds: number): Promise<void> {
  const payload = join(folder, 'payload.bin');
  writePayload(payload, sizeMib);
  const bundle = await makeBundle(folder, payload);
  rmSync(join(folder, 'unsigned.bundle'));
  const rauc = findRauc();
  const raucBundle = 'version' in rauc ? makeRaucBundle(folder, payload) : null;

  const digests: number[] = [];
  const infos: number[] = [];
  const imports: ImportCost[] = [];
  for (let round = 0; round <= rounds; round++) {
    const digest = secondsOf('openssl', ['dgst', '-sha256', bundle.path]);
    const cost = await importOnce(bundle.path, join(folder, `round-${round}`));
    const info = raucBundle === null ? null : secondsOf(...raucInfo(folder, raucBundle));
    if (round === 0) continue;
    digests.push(digest);
    imports.push(cost);
    if (info !== null) infos.push(info);
  }
  process.stdout.write(`${describeMachine(folder)}\n`);
  process.stdout.write('missing' in rauc ? `RAUC was not measured: ${rauc.missing}\n` : `${rauc.version}\n`);
  process.stdout.write('\n');
  printTable({ bundle, lenBytes: statSync(bundle.path).size, digests, infos, imports });
}

async function importOnce(bundle: string, folder: string): Promise<ImportCost> {
  const token = await prepareStation(folder);
  const output = execFileSync(process.execPath, ['--expose-gc', child, bundle, folder, token], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return JSON.parse(output) as ImportCost;
}

function secondsOf(program: string, args: readonly string[]): number {
  const startMs = performance.now();
  execFileSync(program, args, { stdio: 'pipe' });
  return (performance.now() - startMs) / 1000;
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${option} takes a whole number from 1 on, not ${text}`);
}
