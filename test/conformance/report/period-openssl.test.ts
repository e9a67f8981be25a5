import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { drawPeriod } from '../../../core/report/period/draw-period.ts';
import { exportPeriod } from '../../../core/report/period/export-period.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { periodSource } from '../../unit/report/period-fixture.ts';
import { approver, secondApprover, tellStory } from '../../unit/report/station-fixture.ts';

/** The very commands of docs/reports.md, run by a shell that has OpenSSL and no Drydock. */
const document = readFileSync(new URL('../../../docs/reports.md', import.meta.url), 'utf8');
const tools = spawnSync('bash', ['-c', 'openssl version && command -v sha256sum base64 od grep sed']);
const skip = tools.status === 0 ? false : 'bash, OpenSSL or coreutils are not installed';

const story = tellStory({ approvers: [approver, secondApprover] });
const signWithStation = (bytes: Uint8Array) => sign(null, bytes, story.station.privateKey);

async function exportTo(t: TestContext): Promise<{ folder: string; id: string }> {
  const folder = tempFolder(t);
  const drawn = await drawPeriod(periodSource(story), 'A4');
  assert.ok(drawn.ok);
  assert.ok((await exportPeriod({ drawn: drawn.value, folder, sign: signWithStation })).ok);
  return { folder, id: drawn.value.model.id };
}

function run(folder: string, id: string, ...names: string[]): { status: number | null; output: string } {
  const script = names.map((name) => {
    const [, commands] = new RegExp(`\`\`\`bash ${name}\\n([^]*?)\`\`\``).exec(document) ?? [];
    return commands ?? assert.fail(`docs/reports.md has no commands called ${name}`);
  });
  const { status, stderr, stdout } = spawnSync('bash', ['--norc', '-c', ['set -e -o pipefail', ...script].join('\n')], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], R: id, LC_ALL: 'C.UTF-8' },
  });
  return { status, output: stdout + stderr };
}

test(
  'REQ-OTA-RPT-02 OpenSSL and a shell verify the report of a period: signatures, log, bundles, approvals',
  { skip },
  async (t) => {
    const { folder, id } = await exportTo(t);
    const { output, status } = run(folder, id, 'signatures', 'csv', 'checkpoint', 'events', 'bundles', 'approvals');
    assert.equal(status, 0, output);
    const count = (words: string): number => output.split(words).length - 1;
    assert.equal(count('Signature Verified Successfully'), 6, 'JSON, PDF, CSV, checkpoint, two approvals');
    assert.equal(count('is in the log:'), story.source.events.length);
    assert.equal(count('has its manifest'), 1);
  },
);

test('REQ-OTA-RPT-02 the shell finds a changed table, another manifest and an edited event', { skip }, async (t) => {
  const { folder, id } = await exportTo(t);
  const json = readFileSync(join(folder, `${id}.json`), 'utf8');
  const edit = (from: string, to: string): void => {
    assert.ok(json.includes(from));
    writeFileSync(join(folder, `${id}.json`), json.replace(from, to));
  };
  edit('Acme Infusion Pump 300', 'Acme Infusion Pump 301');
  assert.match(run(folder, id, 'bundles').output, /ANOTHER MANIFEST/);
  edit('\\"type\\":\\"update.moved\\"', '\\"type\\":\\"update.movee\\"');
  assert.match(run(folder, id, 'checkpoint', 'events').output, /NOT IN THE LOG/);
  const csv = join(folder, `${id}.csv`);
  writeFileSync(csv, readFileSync(csv, 'utf8').replace('confirmed', 'reverted!'));
  assert.notEqual(run(folder, id, 'csv').status, 0);
});
