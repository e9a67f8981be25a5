import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { leafOf } from '../../../core/audit/event.ts';
import { formatTlogProof } from '../../../core/audit/tlog-proof.ts';
import { formatVerifierKey } from '../../../core/audit/verifier-key.ts';
import { draft, makeFolder, openTestLog, type TestLog } from '../../unit/audit/open-test-log.ts';

const document = readFileSync(new URL('../../../docs/audit-log.md', import.meta.url), 'utf8');
const blocks = [...document.matchAll(/```sh\n(.*?)```/gs)].map(([, script = '']) => script);
const hasTools = ['bash', 'openssl'].every((tool) => spawnSync(tool, ['version']).error === undefined);

/** Puts an event's files into a folder and runs the document's commands over them, with nothing of Drydock. */
function verifyByHand(folder: string, { log, seal }: TestLog, seq: number): { passed: boolean; output: string } {
  const event = log.event(seq);
  assert.ok(event.ok);
  const proof = {
    index: BigInt(seq - 1),
    hashes: log.inclusionProof(seq),
    checkpoint: log.checkpoint() ?? '',
    extra: null,
  };
  writeFileSync(join(folder, 'event.json'), leafOf(event.value));
  writeFileSync(join(folder, 'event.tlog-proof'), formatTlogProof(proof));
  writeFileSync(join(folder, 'station.vkey'), `${formatVerifierKey(seal.verifierKey)}\n`);
  return runBlocks(folder);
}

function runBlocks(folder: string): { passed: boolean; output: string } {
  const results = blocks.map((script) => spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }));
  return {
    passed: results.every(({ status }) => status === 0),
    output: results.map(({ stdout, stderr }) => stdout + stderr).join(''),
  };
}

test(
  'REQ-OTA-RPT-02 the commands of docs/audit-log.md prove each event',
  { skip: !hasTools && 'needs bash and openssl' },
  (t) => {
    assert.equal(blocks.length, 2);
    const station = openTestLog(t);
    for (let seq = 1; seq <= 11; seq += 1) station.record(draft(`event ${seq}`));
    for (const seq of [1, 2, 6, 8, 9, 11]) {
      const { passed, output } = verifyByHand(makeFolder(t), station, seq);
      assert.ok(passed, output);
      assert.match(output, /Signature Verified Successfully\n.*The event is in the log\.\n/s);
    }
  },
);

test(
  'REQ-OTA-RPT-02 the commands of docs/audit-log.md refuse what was changed',
  { skip: !hasTools && 'needs bash and openssl' },
  (t) => {
    const station = openTestLog(t);
    for (let seq = 1; seq <= 5; seq += 1) station.record(draft(`event ${seq}`));
    const changes: readonly (readonly [string, string, string])[] = [
      ['event.json', 'event 3', 'event X'],
      ['event.tlog-proof', 'index 2', 'index 3'],
      ['event.tlog-proof', '\n5\n', '\n6\n'],
      ['station.vkey', 'drydock/', 'drydick/'],
    ];
    for (const [name, from, to] of changes) {
      const folder = makeFolder(t);
      assert.ok(verifyByHand(folder, station, 3).passed);
      const path = join(folder, name);
      const contents = readFileSync(path, 'utf8');
      assert.ok(contents.includes(from));
      writeFileSync(path, contents.replace(from, to));
      assert.ok(!runBlocks(folder).passed, `${name}: ${from} → ${to}`);
    }
  },
);
