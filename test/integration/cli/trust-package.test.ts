import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixturePath, packageFiles } from '../../unit/trust/package/fixtures.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { CliBench } from './cli-bench.ts';

const password = 'four words of their own';
const path = (name: string): string => fixturePath(`packages/${name}.json`);
const digest = (name: string): string => sha256Of(packageFiles(name).document);

test('REQ-OTA-SIG-05 trust begins, is renewed, shown and handed on from the command line', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('ada');
  const begun = await bench.run(['trust', 'init', path('v1')], [digest('v1')]);
  assert.equal(begun.code, 0, begun.err);
  assert.match(begun.out, /wait for somebody else's approval: .*trust approve acme-pumps/);

  bench.logIn('ines');
  const unlike = await bench.run(['trust', 'approve', 'acme-pumps'], ['00000000', password]);
  assert.equal(unlike.code, 2, unlike.out);
  const approved = await bench.run(['trust', 'approve', 'acme-pumps'], [digest('v1').slice(0, 8), password]);
  assert.match(approved.out, /Version 1 of the trust of acme-pumps is in force/);

  bench.logIn('ada');
  const skipped = await bench.run(['trust', 'import', path('v3')]);
  assert.deepEqual([skipped.code, /trust\.package-version/.test(skipped.err)], [3, true]);
  const imported = await bench.run(['trust', 'import', path('v2'), path('v3')]);
  assert.match(imported.err, /from version 1 to version 3[\s\S]*\+ anchor[\s\S]*- anchor/);
  const rejected = await bench.run(
    ['trust', 'reject', 'acme-pumps', '--reason', 'Not announced'],
    [digest('v3').slice(0, 8)],
  );
  assert.match(rejected.out, /dropped/);

  const shown = await bench.run(['trust', 'show']);
  assert.match(shown.out, /acme-pumps: version 1 for acme\.pump[\s\S]*root-a[\s\S]*No clock before/);
  const folder = join(bench.folder, 'handed-on');
  const exported = await bench.run(['trust', 'export', 'acme-pumps', folder]);
  assert.equal(exported.code, 0, exported.err);
  assert.deepEqual(readFileSync(join(folder, 'trust.json')), packageFiles('v1').document);
  assert.deepEqual(readFileSync(join(folder, 'trust.p7s')), packageFiles('v1').signature);
});

test('REQ-OTA-SIG-05 a vendor checks a package against the one before it without a station', async (t) => {
  const good = await runCli(['trust', 'check', path('v2'), '--after', path('v1')]);
  assert.match(good.out, /Version 2 of acme-pumps, signed by signer-a; signer-b\./);
  const bad = await runCli(['trust', 'check', path('v3'), '--after', path('v1')]);
  assert.equal(bad.code, 3);
  const unsigned = join(tempFolder(t), 'trust.json');
  copyFileSync(path('v1'), unsigned);
  assert.equal((await runCli(['trust', 'check', unsigned])).code, 2);
});
