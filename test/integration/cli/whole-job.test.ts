import assert from 'node:assert/strict';
import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as v from 'valibot';
import { operations } from '../../../contract/operations.ts';
import { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const initial = 'handed over on a slip of paper';
const own = 'four words of their own';

test('REQ-OTA-APP-03 REQ-OTA-RPT-02 the whole job from the command line, each command a process of its own', async (t) => {
  const folder = tempFolder(t);
  const data = join(folder, 'data');
  const benchFolder = join(folder, 'bench');
  const kit = join(benchFolder, 'kit');
  const drydock = async (args: readonly string[], answers: readonly string[] = []) => {
    const run = await runCli([...args, '--data', data, '--virtual-bench', benchFolder, '--stdin'], answers);
    assert.equal(run.code, 0, `${args.join(' ')}: ${run.out}${run.err}`);
    return run.out;
  };
  const login = (username: string, password: string) => drydock(['login', '--username', username], [password]);
  const hire = async (username: string, role: string, name: string) => {
    await drydock(
      ['operator', 'add', '--username', username, '--printed-name', name, '--role', role],
      [initial, initial],
    );
    await login(username, initial);
    await drydock(['passwd'], [initial, own, own]);
    await login('ada', own);
  };

  await runCli(['simulator', 'create', benchFolder, '--units', '1']);
  await drydock(['init', '--name', 'Bench 7', '--username', 'ada', '--printed-name', 'Ada Moreno'], [own, own]);
  await login('ada', own);
  await hire('tom', 'technician', 'Tom Okafor');
  await hire('ines', 'approver', 'Inês Carvalho');
  const root = readFileSync(join(kit, 'root.crt'));
  const imageKey = readFileSync(join(kit, 'image-key.pem'));
  await drydock(
    ['trust', 'pin-anchor', join(kit, 'root.crt'), '--label', 'Root'],
    [sha256(new X509Certificate(root).raw)],
  );
  await drydock(
    ['trust', 'pin-image-key', join(kit, 'image-key.pem'), '--label', 'Image key'],
    [sha256(createPublicKey(imageKey).export({ format: 'der', type: 'spki' }))],
  );
  const { bundle } = v.parse(
    operations['bundle.import'].output,
    JSON.parse(await drydock(['bundle', 'import', join(kit, 'bundles', 'pump-2.4.0.zip'), '--json'])),
  );
  const { digest } = bundle;

  await login('ines', own);
  await drydock(['approve', digest, '--work-order', 'WO-1'], [own]);
  await login('tom', own);
  assert.match(await drydock(['device', 'list']), /1-1 .*VU-0001/);
  const output = await drydock([
    'update',
    'start',
    '1-1',
    digest.slice(0, 12),
    '--work-order',
    'WO-1',
    '--asset-tag',
    'INF-17',
  ]);
  assert.match(output, /runs version 4, confirmed/);
  assert.match(await drydock(['device', 'show', '1-1']), /application\/slot0 +running +confirmed +2\.4\.0/);

  const [job] = v.parse(v.array(UpdateJobView), JSON.parse(await drydock(['update', 'list', '--json'])));
  assert.ok(job);
  // Without the virtual bench: what the job was decides what the paper says, not where the report is asked for.
  const exported = await runCli(['report', 'export', job.id, '--out', join(folder, 'report'), '--data', data]);
  assert.equal(exported.code, 0, exported.out + exported.err);
  const report = readdirSync(join(folder, 'report')).find((name) => name.endsWith('.json'));
  assert.ok(report);
  assert.match(readFileSync(join(folder, 'report', report), 'utf8'), /"training":true/);
  const status: unknown = JSON.parse(await drydock(['whoami', '--json']));
  assert.ok(status);
  const verified = await runCli([
    'verify-report',
    join(folder, 'report', report),
    '--station-key',
    join(folder, 'report', 'station.pub.pem'),
  ]);
  assert.equal(verified.code, 0, verified.out + verified.err);
  assert.match(verified.out, /genuine/);
  assert.equal(statSync(join(data, 'cli-session')).mode & 0o077, 0);
});

test('REQ-OTA-RPT-02 verify-report says no to a report of which one character was changed, with exit code 6', async (t) => {
  const folder = tempFolder(t);
  const run = await runCli(['demo', '--report', folder]);
  assert.equal(run.code, 0, run.out + run.err);
  const name = readdirSync(folder).find((file) => file.endsWith('.json'));
  assert.ok(name);
  const path = join(folder, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace('PUMP-0417', 'PUMP-0418').replace('PUMP-0622', 'PUMP-0623'));
  const verified = await runCli(['verify-report', path]);
  assert.equal(verified.code, 6);
  assert.match(verified.out + verified.err, /does not verify/);
});

test('answers for scripts: exit codes tell a refusal from a wrong command line, and --json carries the code', async (t) => {
  const folder = tempFolder(t);
  const refused = await runCli(['whoami', '--data', join(folder, 'nowhere'), '--json']);
  assert.equal(refused.code, 3);
  const answer: unknown = JSON.parse(refused.out);
  assert.ok(typeof answer === 'object' && answer !== null && 'refused' in answer);
  assert.equal((await runCli(['no-such-command'])).code, 2);
  assert.equal((await runCli(['update', 'start', '1-1', 'abcdef'])).code, 2);
  assert.equal((await runCli(['--help'])).code, 0);
});

test('a secret is never taken as an argument: without a terminal the command says how to give it', async (t) => {
  const folder = tempFolder(t);
  const run = await runCli([
    'init',
    '--name',
    'B',
    '--username',
    'ada',
    '--printed-name',
    'Ada Moreno',
    '--data',
    folder,
  ]);
  assert.equal(run.code, 2);
  assert.match(run.err, /--stdin/);
  const help = await runCli(['login', '--help']);
  assert.doesNotMatch(help.out, /--password/);
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
