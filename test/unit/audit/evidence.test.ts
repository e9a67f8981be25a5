import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectEvidence } from '../../../core/audit/evidence.ts';
import { hashLeaf, hashNode } from '../../../core/audit/merkle-tree.ts';
import { parseTlogProof, verifyTlogProof } from '../../../core/audit/tlog-proof.ts';
import { parseVerifierKey } from '../../../core/audit/verifier-key.ts';
import { draft, openTestLog, type TestLog } from './open-test-log.ts';

function sources({ log, repository, seal }: TestLog) {
  return { log, repository, key: seal.verifierKey };
}

test('REQ-OTA-AUD-01 an event is shown with its exact bytes, its hash, and a proof that a stranger verifies', (t) => {
  const opened = openTestLog(t);
  for (let n = 1; n <= 7; n += 1) opened.record(draft(`event ${n}`));
  for (let seq = 1; seq <= 7; seq += 1) {
    const shown = collectEvidence(seq, sources(opened));
    assert.ok(shown.ok && shown.value.inclusion !== null);
    const { event, fault, inclusion, leaf, leafSha256, verifierKey } = shown.value;
    assert.equal(fault, null);
    assert.equal(event?.data['note'], `event ${seq}`);
    assert.equal(leafSha256, Buffer.from(hashLeaf(Buffer.from(leaf))).toString('hex'));
    assert.deepEqual([inclusion.treeSize, inclusion.siblingsSha256.length], [7, seq === 7 ? 2 : 3]);
    const key = parseVerifierKey(verifierKey);
    const proof = parseTlogProof(inclusion.proofFile);
    assert.ok(key.ok && proof.ok);
    assert.ok(verifyTlogProof(proof.value, Buffer.from(leaf), [key.value]).ok);
  }
  const last = collectEvidence(7, sources(opened));
  assert.ok(last.ok && last.value.inclusion !== null);
  // 7 leaves: the last one stands alone below (4,5), and both below (0…3).
  const [pair, four] = last.value.inclusion.siblingsSha256.map((hash) => Buffer.from(hash, 'hex'));
  assert.ok(pair && four);
  const root = hashNode(four, hashNode(pair, Buffer.from(last.value.leafSha256, 'hex')));
  assert.equal(Buffer.from(root).toString('hex'), last.value.inclusion.rootSha256);
  const unknown = collectEvidence(8, sources(opened));
  assert.ok(!unknown.ok && unknown.code === 'audit.event-unknown');
});

test('REQ-OTA-AUD-02 an event that was edited is shown with its fault, also where hash or tree were made to fit', (t) => {
  const opened = openTestLog(t);
  for (let n = 1; n <= 4; n += 1) opened.record(draft(`event ${n}`));
  const { connection } = opened.database;
  for (const trigger of ['audit_event_never_changes', 'audit_node_never_shrinks'])
    connection.exec(`DROP TRIGGER ${trigger}`);
  const faultOf = (seq: number) => {
    const shown = collectEvidence(seq, sources(opened));
    assert.ok(shown.ok);
    return [shown.value.fault?.code ?? null, shown.value.event === null, shown.value.inclusion === null];
  };
  connection.exec(`UPDATE audit_event SET leaf = replace(leaf, 'event 2', 'event X') WHERE seq = 2`);
  assert.deepEqual(faultOf(2), ['audit.leaf-edited', true, false]);
  assert.deepEqual(faultOf(1), [null, false, false], 'its neighbour is proven by the hash that was signed');

  const leaf = connection.prepare<[], string>('SELECT leaf FROM audit_event WHERE seq = 2').pluck().get() ?? '';
  connection.prepare('UPDATE audit_event SET leaf_hash = ? WHERE seq = 2').run(hashLeaf(Buffer.from(leaf)));
  assert.deepEqual(
    faultOf(2),
    ['audit.proof-invalid', false, false],
    'it reads as an event, and is not the one that was signed',
  );

  connection.exec('DELETE FROM audit_node WHERE level = 1 AND position = 1');
  assert.deepEqual(faultOf(1), ['audit.node-mismatch', false, true]);
});
