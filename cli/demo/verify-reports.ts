import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Narrator } from './narrator.ts';
import { DemoFailed } from './demo-station.ts';

const drydock = fileURLToPath(new URL('../drydock.ts', import.meta.url));

/** Verifies a report as an auditor does who has nothing but the files and the station's key: by Drydock in a process of its own, and by OpenSSL. */
export function verifyReportFiles(
  narrator: Narrator,
  folder: string,
  files: readonly string[],
  stationKeySha256: string,
): void {
  const json = files.find((name) => name.endsWith('.json'));
  if (json === undefined) throw new DemoFailed('no JSON was written');
  const own = spawnSync(
    process.execPath,
    [drydock, 'verify-report', join(folder, json), '--station-key', stationKeySha256],
    { encoding: 'utf8' },
  );
  if (own.status !== 0) throw new DemoFailed(`drydock verify-report says no: ${own.stdout}${own.stderr}`);
  const checks = own.stdout.split('\n').filter((line) => line.startsWith('  ')).length;
  narrator.done(`drydock verify-report ${json}: ${checks} checks passed`);

  if (spawnSync('openssl', ['version']).status !== 0) {
    narrator.note('OpenSSL is not installed here; the same signatures verify with it (docs/reports.md).');
    return;
  }
  for (const signed of [json, json.replace(/json$/, 'pdf')]) {
    const arguments_ = [
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      'station.pub.pem',
      '-rawin',
      '-in',
      signed,
      '-sigfile',
      `${signed}.sig`,
    ];
    const openssl = spawnSync('openssl', arguments_, { cwd: folder, encoding: 'utf8' });
    if (openssl.status !== 0)
      throw new DemoFailed(`OpenSSL does not verify ${signed}: ${openssl.stdout}${openssl.stderr}`);
    narrator.done(`openssl ${arguments_.join(' ')}: ${openssl.stdout.trim()}`);
  }
}
