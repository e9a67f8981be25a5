import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { exportReport } from '../../../core/report/export-report.ts';
import { reportJsonBytes } from '../../../core/report/report-json.ts';
import { approver, buildModel, secondApprover, sha256, tellStory } from '../../unit/report/station-fixture.ts';

/** The second way to verify: the very commands of docs/reports.md, run by a shell that has OpenSSL and no Drydock. */
const document = readFileSync(new URL('../../../docs/reports.md', import.meta.url), 'utf8');
const tools = spawnSync('bash', ['-c', 'openssl version && command -v sha256sum base64 od grep sed']);
const skip = tools.status === 0 ? false : 'bash, OpenSSL or coreutils are not installed';

const story = tellStory({ approvers: [approver, secondApprover] });
const model = buildModel(story);
const signWithStation = (bytes: Uint8Array) => sign(null, bytes, story.station.privateKey);

function commandsOf(name: string): string {
  const [, commands] = new RegExp(`\`\`\`bash ${name}\\n([^]*?)\`\`\``).exec(document) ?? [];
  return commands ?? assert.fail(`docs/reports.md has no commands called ${name}`);
}

function runDocumented(folder: string, ...names: string[]): { status: number | null; output: string } {
  const script = ['set -e -o pipefail', ...names.map(commandsOf)].join('\n');
  const { status, stderr, stdout } = spawnSync('bash', ['--norc', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], R: model.id, LC_ALL: 'C.UTF-8' },
  });
  return { status, output: stdout + stderr };
}

async function exportTo(context: TestContext): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-openssl-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const exported = await exportReport({ model, folder, paper: 'A4', sign: signWithStation });
  assert.ok(exported.ok);
  return folder;
}

const count = (output: string, words: string): number => output.split(words).length - 1;

test("REQ-OTA-RPT-02 OpenSSL verifies the signatures and prints the key's fingerprint", { skip }, async (context) => {
  const folder = await exportTo(context);
  const { output, status } = runDocumented(folder, 'signatures');
  assert.equal(status, 0, output);
  assert.equal(count(output, 'Signature Verified Successfully'), 2);
  assert.ok(output.includes(model.station.publicKeySha256));
});

test('REQ-OTA-RPT-02 OpenSSL finds one changed bit of the JSON and of the PDF', { skip }, async (context) => {
  for (const file of [`${model.id}.json`, `${model.id}.pdf`]) {
    const folder = await exportTo(context);
    const bytes = readFileSync(join(folder, file));
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    writeFileSync(join(folder, file), bytes);
    const { output, status } = runDocumented(folder, 'signatures');
    assert.notEqual(status, 0);
    assert.match(output, /Signature Verification Failure/);
  }
});

test(
  'REQ-OTA-RPT-02 a shell with sha256sum finds each event in the log that OpenSSL verified',
  { skip },
  async (context) => {
    const folder = await exportTo(context);
    const { output, status } = runDocumented(folder, 'checkpoint', 'events');
    assert.equal(status, 0, output);
    assert.match(output, /Signature Verified Successfully/);
    for (const { leaf, seq } of model.log.events)
      assert.ok(output.includes(`event ${seq} is in the log: ${leaf}\n`), output);
    assert.equal(count(output, 'is in the log: '), model.log.events.length);
    assert.ok(output.includes(`${model.log.events.length} events are to be found`));
  },
);

test('REQ-OTA-AUD-02 the shell names an event that is not in the log', { skip }, async (context) => {
  const folder = await exportTo(context);
  const text = Buffer.from(reportJsonBytes(model)).toString();
  writeFileSync(
    join(folder, `${model.id}.json`),
    text.replace('All 262144 bytes read back equal.\\"', 'All 262144 bytes read back wrong.\\"'),
  );
  const { output, status } = runDocumented(folder, 'checkpoint', 'events');
  assert.notEqual(status, 0);
  const seq = model.log.events.find(({ leaf }) => leaf.includes('read back equal'))?.seq ?? assert.fail();
  assert.ok(output.includes(`event ${seq}: NOT IN THE LOG`), output);
});

test('REQ-OTA-RPT-02 the shell finds the manifest and the approvals as they were signed', { skip }, async (context) => {
  const folder = await exportTo(context);
  const manifest = runDocumented(folder, 'manifest');
  assert.equal(count(manifest.output, model.bundle.digest), 2, manifest.output);
  const { output, status } = runDocumented(folder, 'approvals');
  assert.equal(status, 0, output);
  assert.equal(count(output, 'Signature Verified Successfully'), 2);
  for (const { publicKey, statement } of model.approvals) {
    assert.ok(output.includes(statement));
    assert.ok(output.includes(sha256(Buffer.from(publicKey, 'base64'))));
  }
});

test('REQ-OTA-POL-02 OpenSSL finds an approval in other words', { skip }, async (context) => {
  const folder = await exportTo(context);
  const text = Buffer.from(reportJsonBytes(model)).toString();
  writeFileSync(
    join(folder, `${model.id}.json`),
    text.replaceAll('I approve the installation', 'I refuse the installation'),
  );
  const { status } = runDocumented(folder, 'approvals');
  assert.notEqual(status, 0);
});
