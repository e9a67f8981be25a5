import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import type Database from 'better-sqlite3';
import type { AuditVerification } from '../../../contract/schema/audit.ts';
import { hashLeaf } from '../../../core/audit/merkle-tree.ts';
import { createFileSecrets } from '../../../core/audit/secret-store.ts';
import { signNote } from '../../../core/audit/signed-note.ts';
import { loadStationKey } from '../../../core/audit/station-key.ts';
import { verifyAuditLog } from '../../../core/audit/verify-audit-log.ts';
import { rebuildTree, tamper } from '../../helpers/tamper-log.ts';
import { draft, openTestLog, stationId } from './open-test-log.ts';

/** Records 11 events, one per transaction but for 5 to 7, which share one; closes the station; lets an intruder at it. */
function makeTamperedLog(context: TestContext, work: (connection: Database.Database) => void): string {
  const { database, folder, record } = openTestLog(context);
  for (let seq = 1; seq <= 4; seq += 1) record(draft(`event ${seq}`));
  record(draft('event 5'), draft('event 6'), draft('event 7'));
  for (let seq = 8; seq <= 11; seq += 1) record(draft(`event ${seq}`));
  database.close();
  tamper(folder, work);
  return folder;
}

/** What the verification finds, as "code from-to". */
async function find(context: TestContext, folder: string): Promise<string[]> {
  const { database, verify } = openTestLog(context, folder);
  const verification = await verify();
  database.close();
  assert.equal(verification.intact, verification.findings.length === 0);
  return summarise(verification);
}

function summarise({ findings }: AuditVerification): string[] {
  return findings.map(({ code, fromSeq, toSeq }) => `${code} ${fromSeq}-${toSeq}`);
}

/** What the O(log n) check at the station's start says. */
function checkStart(context: TestContext, folder: string): string {
  const { database, seal } = openTestLog(context, folder);
  const checked = seal.check();
  database.close();
  return checked.ok ? 'ok' : checked.code;
}

function edit(connection: Database.Database, seq: number, replace: readonly [string, string], keepHash: boolean): void {
  const leaf =
    connection.prepare<[number], string>('SELECT leaf FROM audit_event WHERE seq = ?').pluck().get(seq) ?? '';
  const edited = leaf.replace(...replace);
  assert.notEqual(edited, leaf);
  connection.prepare('UPDATE audit_event SET leaf = ? WHERE seq = ?').run(edited, seq);
  if (keepHash) return;
  connection.prepare('UPDATE audit_event SET leaf_hash = ? WHERE seq = ?').run(hashLeaf(Buffer.from(edited)), seq);
}

test('REQ-OTA-AUD-02 an untouched log is intact, and every checkpoint was verified', async (t) => {
  const folder = makeTamperedLog(t, () => undefined);
  const { verify, log } = openTestLog(t, folder);
  const progress = await verify();
  const rootSha256 = Buffer.from(log.root()).toString('hex');
  assert.deepEqual(progress, {
    intact: true,
    size: 11,
    rootSha256,
    checkpoints: 9,
    cosignatures: { verified: 0, uncounted: 0, upTo: [] },
    findings: [],
    findingsOmitted: 0,
  });
});

test('REQ-OTA-AUD-02 names an event whose text was edited', async (t) => {
  const folder = makeTamperedLog(t, (connection) => edit(connection, 6, ['event 6', 'event X'], true));
  assert.deepEqual(await find(t, folder), ['audit.leaf-edited 6-6']);
});

test('REQ-OTA-AUD-02 names an event whose text and hash were edited', async (t) => {
  const folder = makeTamperedLog(t, (connection) => edit(connection, 10, ['event 10', 'event XX'], false));
  assert.deepEqual(await find(t, folder), ['audit.node-mismatch 10-10']);
});

test('REQ-OTA-AUD-02 names an event that was edited with the whole tree rebuilt over it', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    edit(connection, 3, ['event 3', 'event X'], false);
    rebuildTree(connection);
  });
  assert.deepEqual(await find(t, folder), ['audit.root-mismatch 3-3']);
  assert.equal(checkStart(t, folder), 'audit.root-mismatch');
});

test('REQ-OTA-AUD-02 names the transaction of an event that was edited with the whole tree rebuilt over it', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    edit(connection, 6, ['event 6', 'event X'], false);
    rebuildTree(connection);
  });
  assert.deepEqual(await find(t, folder), ['audit.root-mismatch 5-7']);
});

test('REQ-OTA-AUD-02 names an event that was deleted', async (t) => {
  const folder = makeTamperedLog(t, (connection) => connection.exec('DELETE FROM audit_event WHERE seq = 5'));
  assert.deepEqual(await find(t, folder), ['audit.event-missing 5-5']);
});

test('REQ-OTA-AUD-02 names the first events where the beginning was deleted', async (t) => {
  const folder = makeTamperedLog(t, (connection) => connection.exec('DELETE FROM audit_event WHERE seq <= 3'));
  assert.deepEqual(await find(t, folder), ['audit.event-missing 1-3']);
});

test('REQ-OTA-AUD-02 names events that were closed up over a deleted one', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    connection.exec('DELETE FROM audit_event WHERE seq = 9');
    connection.exec('UPDATE audit_event SET seq = seq - 1 WHERE seq > 9');
    rebuildTree(connection);
  });
  assert.deepEqual(await find(t, folder), [
    'audit.event-moved 9-9',
    'audit.root-mismatch 9-9',
    'audit.event-moved 10-10',
    'audit.truncated 11-11',
    'audit.truncated 11-11',
  ]);
});

test('REQ-OTA-AUD-02 names events that changed places', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    connection.exec('UPDATE audit_event SET seq = 100 WHERE seq = 2');
    connection.exec('UPDATE audit_event SET seq = 2 WHERE seq = 8');
    connection.exec('UPDATE audit_event SET seq = 8 WHERE seq = 100');
  });
  assert.deepEqual(await find(t, folder), [
    'audit.event-moved 2-2',
    'audit.node-mismatch 2-2',
    'audit.event-moved 8-8',
    'audit.node-mismatch 8-8',
  ]);
});

test('REQ-OTA-AUD-02 names the events that were cut off the end, with all that the database knows of them', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    connection.exec('DELETE FROM audit_event WHERE seq > 8');
    connection.exec('DELETE FROM audit_node WHERE (position + 1) << level > 8');
    connection.exec('DELETE FROM audit_checkpoint WHERE size > 8');
  });
  assert.deepEqual(await find(t, folder), ['audit.truncated 9-11']);
  assert.equal(checkStart(t, folder), 'audit.truncated');
});

test('REQ-OTA-AUD-02 a log cut short is found by its tree and its checkpoints where the head file is gone', async (t) => {
  const folder = makeTamperedLog(t, (connection) => connection.exec('DELETE FROM audit_event WHERE seq > 8'));
  rmSync(join(folder, 'audit-head'));
  assert.deepEqual(await find(t, folder), ['audit.head-missing 8-8', 'audit.truncated 9-11', 'audit.truncated 9-10']);
});

test('REQ-OTA-AUD-02 a database that was emptied or replaced is found by the head file', (t) => {
  const folder = makeTamperedLog(t, () => undefined);
  for (const name of ['station.db', 'station.db-wal', 'station.db-shm']) rmSync(join(folder, name), { force: true });
  assert.equal(checkStart(t, folder), 'audit.truncated');
});

test('REQ-OTA-AUD-02 events that were added without the key are found', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    const leaf = connection.prepare<[], string>('SELECT leaf FROM audit_event WHERE seq = 11').pluck().get() ?? '';
    const forged = leaf.replace('"seq":11', '"seq":12');
    connection.prepare('INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (12, ?, zeroblob(32))').run(forged);
    rebuildTree(connection);
  });
  assert.deepEqual(await find(t, folder), ['audit.unsealed 12-12']);
  assert.equal(checkStart(t, folder), 'audit.unsealed');
});

test('REQ-OTA-AUD-02 a row outside the numbering is found', async (t) => {
  const folder = makeTamperedLog(t, (connection) =>
    connection.exec("INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (-5, '{}', zeroblob(32))"),
  );
  assert.deepEqual(await find(t, folder), ['audit.event-moved -5--5']);
});

test('REQ-OTA-AUD-02 a row far beyond the end neither hides nor hangs the check', { timeout: 60_000 }, async (t) => {
  const folder = makeTamperedLog(t, (connection) =>
    connection.exec('UPDATE audit_event SET seq = 1 << 50 WHERE seq = 11'),
  );
  const found = await find(t, folder);
  assert.ok(found.includes(`audit.event-missing 11-${2 ** 50 - 1}`), found.join(', '));
  assert.ok(found.includes(`audit.event-moved ${2 ** 50}-${2 ** 50}`), found.join(', '));
});

test('REQ-OTA-AUD-02 an event of another station is found', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    edit(connection, 11, ['"station":"', '"station":"x'], false);
    rebuildTree(connection);
  });
  assert.deepEqual(await find(t, folder), ['audit.event-invalid 11-11', 'audit.root-mismatch 11-11']);
});

test('REQ-OTA-AUD-02 text that is no event any more is found, also where it is not even UTF-8', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    connection.exec("UPDATE audit_event SET leaf = CAST(x'ff00fe' AS TEXT) WHERE seq = 1");
    edit(connection, 2, ['{', '{ '], false);
  });
  assert.deepEqual(await find(t, folder), [
    'audit.leaf-edited 1-1',
    'audit.event-invalid 2-2',
    'audit.node-mismatch 2-2',
  ]);
});

test('REQ-OTA-AUD-02 changed and missing tree nodes are found', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    connection.exec('UPDATE audit_node SET hash = zeroblob(32) WHERE level = 2 AND position = 0');
    connection.exec('DELETE FROM audit_node WHERE level = 1 AND position = 4');
  });
  const found = await find(t, folder);
  assert.ok(found.includes('audit.node-mismatch 4-4'), found.join(', '));
  assert.ok(found.includes('audit.node-mismatch 10-10'), found.join(', '));
});

test('REQ-OTA-AUD-02 checkpoints that were forged, mixed up or damaged are found', async (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    const note = connection.prepare<[number], string>('SELECT note FROM audit_checkpoint WHERE size = ?').pluck();
    const set = connection.prepare('UPDATE audit_checkpoint SET note = ? WHERE size = ?');
    set.run(note.get(3), 2);
    set.run((note.get(8) ?? '').replace('\n8\n', '\n9\n'), 9);
    set.run('gone', 10);
  });
  assert.deepEqual(await find(t, folder), [
    'audit.checkpoint-foreign 2-2',
    'audit.note-signature-invalid 9-9',
    'audit.note-malformed 10-10',
  ]);
});

test('REQ-OTA-AUD-02 a log without its newest checkpoint is found', async (t) => {
  const folder = makeTamperedLog(t, (connection) => connection.exec('DELETE FROM audit_checkpoint WHERE size > 9'));
  assert.deepEqual(await find(t, folder), ['audit.unsealed 10-11']);
  assert.equal(checkStart(t, folder), 'audit.unsealed');
});

test('REQ-OTA-AUD-02 a head file that is gone, damaged or of another log is found', async (t) => {
  const folder = makeTamperedLog(t, () => undefined);
  const path = join(folder, 'audit-head');
  writeFileSync(path, 'nonsense');
  assert.deepEqual(await find(t, folder), ['audit.note-malformed 11-11']);
  assert.equal(checkStart(t, folder), 'audit.note-malformed');
  writeFileSync(path, 'drydock/other\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— drydock/other AAAAAAAA\n');
  assert.equal(checkStart(t, folder), 'audit.note-untrusted');
  rmSync(path);
  assert.deepEqual(await find(t, folder), ['audit.head-missing 11-11']);
  assert.equal(checkStart(t, folder), 'audit.head-missing');
});

test('REQ-OTA-AUD-02 a wholly ruined log gives a bounded report', async (t) => {
  const { database, folder, record } = openTestLog(t);
  record(...Array.from({ length: 300 }, (_, index) => draft(`event ${index + 1}`)));
  database.close();
  tamper(folder, (connection) => connection.exec('UPDATE audit_event SET leaf_hash = zeroblob(32)'));
  const { verify } = openTestLog(t, folder);
  const { findings, findingsOmitted } = await verify();
  assert.equal(findings.length, 100);
  assert.ok(findingsOmitted >= 200);
});

test('REQ-OTA-AUD-02 a head file that forks from the log is found, signed or not', async (t) => {
  const folder = makeTamperedLog(t, () => undefined);
  const fork = openTestLog(t);
  for (let seq = 1; seq <= 11; seq += 1) fork.record(draft(`another event ${seq}`));
  copyFileSync(join(fork.folder, 'audit-head'), join(folder, 'audit-head'));
  assert.deepEqual(await find(t, folder), ['audit.root-mismatch 11-11']);
  assert.equal(checkStart(t, folder), 'audit.root-mismatch');
});

test("REQ-OTA-AUD-02 the station's signature under another log's name is found", async (t) => {
  const folder = makeTamperedLog(t, () => undefined);
  const { database, log, seal } = openTestLog(t, folder);
  const root = Buffer.from(log.root()).toString('base64');
  const key = loadStationKey(createFileSecrets(folder));
  assert.ok(key.ok);
  const foreign = signNote(`drydock/another\n11\n${root}\n`, seal.verifierKey, key.value.privateKey);
  database.close();
  const head = readFileSync(join(folder, 'audit-head'));
  writeFileSync(join(folder, 'audit-head'), foreign);
  assert.deepEqual(await find(t, folder), ['audit.checkpoint-foreign 11-11']);
  assert.equal(checkStart(t, folder), 'audit.checkpoint-foreign');
  writeFileSync(join(folder, 'audit-head'), head);
  tamper(folder, (connection) =>
    connection.prepare('UPDATE audit_checkpoint SET note = ? WHERE size = 11').run(foreign),
  );
  assert.deepEqual(await find(t, folder), ['audit.checkpoint-foreign 11-11']);
  assert.equal(checkStart(t, folder), 'audit.checkpoint-foreign');
});

test('REQ-OTA-AUD-02 a byte that only looks the same in print is found', async (t) => {
  const { database, folder, record } = openTestLog(t);
  record(draft('\ufffd'));
  database.close();
  tamper(folder, (connection) =>
    connection.exec(
      "UPDATE audit_event SET leaf = CAST(unhex(replace(hex(CAST(leaf AS BLOB)), 'EFBFBD', 'FF')) AS TEXT) WHERE seq = 1",
    ),
  );
  assert.deepEqual(await find(t, folder), ['audit.leaf-edited 1-1']);
});

test('REQ-OTA-AUD-02 an event that was tampered with is not shown as one', (t) => {
  const folder = makeTamperedLog(t, (connection) => {
    edit(connection, 3, ['event 3', 'event X'], true);
    connection.exec('UPDATE audit_event SET seq = 12 WHERE seq = 11');
  });
  const { log } = openTestLog(t, folder);
  const edited = log.event(3);
  assert.ok(!edited.ok && edited.code === 'audit.leaf-edited');
  const moved = log.event(12);
  assert.ok(!moved.ok && moved.code === 'audit.event-moved');
  assert.throws(() => log.list({ filter: {}, limit: 20 }), /audit\.event-moved/);
  assert.throws(() => log.list({ filter: {}, before: 4, limit: 20 }), /audit\.leaf-edited/);
  assert.throws(() => log.inclusionProof(12), /audit\.node-mismatch/);
});

test('a verification leaves alone what is recorded meanwhile, and can be stopped', async (t) => {
  const { headFile, log, record, repository, seal, witnesses } = openTestLog(t);
  for (let count = 1; count <= 3; count += 1) record(draft(`event ${count}`));
  const underTest = { repository, stationId, key: seal.verifierKey, headFile, witnesses };
  const verification = await verifyAuditLog({ ...underTest, onProgress: () => void record(draft('meanwhile')) });
  assert.deepEqual([verification.intact, verification.size], [true, 3]);
  assert.equal(log.size(), 4);
  await assert.rejects(verifyAuditLog({ ...underTest, signal: AbortSignal.abort(new Error('enough')) }), /enough/);
});
