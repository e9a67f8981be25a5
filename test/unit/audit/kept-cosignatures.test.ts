import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import { cosignCheckpoint } from '../../../core/audit/checkpoint.ts';
import { makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { verifyAuditLog } from '../../../core/audit/verify-audit-log.ts';
import { checkKeptCosignature } from '../../../core/audit/witness/kept-cosignature.ts';
import { cosignedLog } from '../../../core/audit/witness/newest-cosignatures.ts';
import { confirmWitness, cosign, keep } from '../../helpers/log-witness.ts';
import { rebuildTree, rewriteLog, tamper } from '../../helpers/tamper-log.ts';
import { checkStart, edited, find, north, record, reopen, south, summarise } from './cosigned-log.ts';
import { openTestLog, stationId } from './open-test-log.ts';

test('REQ-OTA-AUD-02 says how many cosignatures the log fits, and up to which event each witness vouches for it', async (t) => {
  const bench = record(t);
  const { intact, cosignatures } = await bench.verify();
  assert.equal(intact, true);
  assert.deepEqual(cosignatures, {
    verified: 3,
    uncounted: 0,
    upTo: [
      { witness: 'depot/north', size: 9 },
      { witness: 'depot/south', size: 9 },
    ],
  });
  assert.equal(checkStart(bench), 'ok');
  keep(bench, cosign(bench, south));
  const { upTo } = (await bench.verify()).cosignatures;
  assert.deepEqual(upTo, [
    { witness: 'depot/south', size: 13 },
    { witness: 'depot/north', size: 9 },
  ]);
});

test('REQ-OTA-AUD-02 a log that was rewritten and signed with its own key is contradicted by each witness, with size and both root hashes', async (t) => {
  const before = record(t);
  const seen = Buffer.from(before.log.root(9)).toString('hex');
  before.database.close();
  rewriteLog(before.folder, edited('event 7'));
  const bench = openTestLog(t, before.folder);
  assert.ok(bench.seal.check().ok, 'the log itself is one that the station signed');
  const verification = await bench.verify();
  const code = 'audit.cosignature-contradicted';
  assert.deepEqual(summarise(verification), [`${code} 6-9`, `${code} 6-9`], 'what was cosigned before still fits');
  const has = Buffer.from(bench.log.root(9)).toString('hex');
  for (const [index, name] of [north.key.name, south.key.name].entries()) {
    const reason = verification.findings[index]?.reason ?? '';
    for (const fact of [name, 'over 9 events', seen, has]) assert.ok(reason.includes(fact), `${fact}: ${reason}`);
  }
  assert.deepEqual(verification.cosignatures.upTo, [], 'nobody vouches for such a log');
  assert.equal(checkStart(bench), code);
});

test('REQ-OTA-AUD-02 a witness contradicts a rewritten log once, at the first that it cosigned otherwise', async (t) => {
  const bench = reopen(t, (folder) => rewriteLog(folder, edited('event 4')));
  const code = 'audit.cosignature-contradicted';
  assert.deepEqual(summarise(await bench.verify()), [`${code} 1-5`, `${code} 1-9`]);
});

test('REQ-OTA-AUD-02 a log that was cut short and signed anew is contradicted', async (t) => {
  const bench = reopen(t, (folder) => rewriteLog(folder, (event) => (event.seq <= 7 ? event : null)));
  const verification = await bench.verify();
  assert.deepEqual(
    summarise(verification).filter((line) => line.includes('contradicted')),
    ['audit.cosignature-contradicted 8-9', 'audit.cosignature-contradicted 8-9'],
  );
  assert.ok(
    verification.findings.some(({ reason }) => reason.includes('cosigned 9 events of this log, but it has only 7')),
  );
  assert.equal(checkStart(bench), 'audit.cosignature-contradicted');
});

test("REQ-OTA-AUD-02 a log that was rewritten together with the station's key is contradicted, and one only signed anew does not pass", async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(`drydock/${stationId}`, publicKey);
  for (const [rewrite, code] of [
    [edited('event 4'), 'audit.cosignature-contradicted'],
    [(event: AuditEvent) => event, 'audit.cosignature-edited'],
  ] as const) {
    const bench = reopen(t, (folder) => rewriteLog(folder, rewrite, privateKey));
    const verification = await verifyAuditLog({ ...bench, stationId, key });
    assert.equal(verification.findings[0]?.code, code, JSON.stringify(verification.findings));
    assert.ok(verification.findings.every((finding) => finding.code === code));
  }
});

test('REQ-OTA-AUD-02 a log rewritten behind what was cosigned is found where the events that took it in are gone', async (t) => {
  const bench = reopen(t, (folder) => rewriteLog(folder, (event) => (event.seq === 11 ? null : event)));
  const verification = await bench.verify();
  assert.deepEqual(summarise(verification), ['audit.cosignature-unrecorded 10-12']);
  assert.match(verification.findings[0]?.reason ?? '', /depot\/south over 9 events/);
});

test('REQ-OTA-AUD-02 what a witness cosigned of another log, or under another name, is not what was kept', (t) => {
  const bench = record(t);
  const { log, seal, witnesses } = bench;
  const kept = witnesses.cosignature({ witness: north.key.name, size: 5 });
  assert.ok(kept);
  const cosigned = cosignedLog(log, seal.verifierKey);
  assert.ok(checkKeptCosignature(kept, cosigned).ok);
  const foreign = cosignCheckpoint(
    `drydock/other\n5\n${'A'.repeat(43)}=\n\n— any AAAAAAAA\n`,
    north.key,
    north.privateKey,
    bench.clock.now(),
  );
  assert.ok(foreign.ok);
  for (const change of [{ note: foreign.value }, { witness: 'depot/west' }]) {
    const checked = checkKeptCosignature({ ...kept, ...change }, cosigned);
    assert.ok(!checked.ok && checked.code === 'audit.cosignature-edited', JSON.stringify(checked));
  }
});

test('REQ-OTA-AUD-02 a witness alone contradicts from where another one last vouched for less', async (t) => {
  const bench = record(t);
  const { note, ...kept } = cosign(bench, south);
  const text = note.slice(0, note.indexOf('\n\n') + 1).replace(/\n\S+=\n/, `\n${'A'.repeat(43)}=\n`);
  const other = cosignCheckpoint(`${text}\n— any AAAAAAAA\n`, south.key, south.privateKey, bench.clock.now());
  assert.ok(other.ok);
  const byNorth = cosign(bench, north);
  keep(bench, { ...kept, note: other.value });
  keep(bench, byNorth);
  assert.deepEqual(summarise(await bench.verify()), ['audit.cosignature-contradicted 10-13']);
});

test('REQ-OTA-AUD-02 nobody vouches for a log that was changed without its key, and a tree that lacks a node proves nothing', async (t) => {
  const bench = reopen(t, (folder) =>
    tamper(folder, (connection) => {
      connection.exec(`UPDATE audit_event SET leaf = replace(leaf, 'event 3', 'event X') WHERE seq = 3`);
      rebuildTree(connection);
    }),
  );
  const verification = await bench.verify();
  assert.deepEqual(summarise(verification), [
    'audit.root-mismatch 3-4',
    'audit.cosignature-contradicted 1-5',
    'audit.cosignature-contradicted 1-9',
  ]);
  assert.deepEqual(verification.cosignatures.upTo, []);
  const found = await find(t, 'DELETE FROM audit_node WHERE level = 2 AND position = 0');
  assert.ok(found.length > 0 && found.every((line) => line.startsWith('audit.node-mismatch ')), found.join(', '));
});

test('REQ-OTA-AUD-02 every kept cosignature is checked, however many there are', async (t) => {
  const bench = openTestLog(t);
  confirmWitness(bench, north);
  for (let count = 0; count < 50; count += 1) keep(bench, cosign(bench, north));
  assert.equal((await bench.verify()).cosignatures.verified, 50);
  tamper(bench.folder, (connection) => connection.exec("UPDATE kept_cosignature SET note = 'x' WHERE size = 33"));
  assert.deepEqual(summarise(await bench.verify()), ['audit.cosignature-edited 34-34']);
});
