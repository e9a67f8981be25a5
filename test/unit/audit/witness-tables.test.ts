import assert from 'node:assert/strict';
import test from 'node:test';
import { verifyAuditLog } from '../../../core/audit/verify-audit-log.ts';
import { confirmWitness, cosign, keep, makeWitness, removeWitness } from '../../helpers/log-witness.ts';
import { rewriteLog, tamper } from '../../helpers/tamper-log.ts';
import { checkStart, edited, find, north, record, reopen, south, summarise } from './cosigned-log.ts';
import { openTestLog, stationId } from './open-test-log.ts';

test('REQ-OTA-AUD-02 a cosignature that an event names and that is gone is found', async (t) => {
  const gone = "DELETE FROM kept_cosignature WHERE witness = 'depot/north' AND size = 9";
  const found = await reopen(t, (folder) => tamper(folder, (connection) => connection.exec(gone))).verify();
  assert.deepEqual(summarise(found), ['audit.cosignature-lost 10-10']);
  assert.match(found.findings[0]?.reason ?? '', /of depot\/north over 9 events/);
  const all = 'DELETE FROM kept_cosignature; DELETE FROM note_key';
  assert.deepEqual(await find(t, all), [
    'audit.key-edited 1-1',
    'audit.key-edited 2-2',
    'audit.cosignature-lost 6-6',
    'audit.cosignature-lost 10-10',
    'audit.cosignature-lost 11-11',
  ]);
});

test('REQ-OTA-AUD-02 a kept cosignature that was edited is found, whatever of it was', async (t) => {
  const one = "WHERE witness = 'depot/north' AND size = 5";
  const other = "SELECT note FROM kept_cosignature WHERE witness = 'depot/north' AND size = 9";
  const changes = [
    `note = replace(note, char(10) || '5' || char(10), char(10) || '6' || char(10))`,
    `note = (${other})`,
    "note = 'nonsense'",
    "note = x'ff00fe' || note",
    "cosigned_at = '2026-01-01T00:00:00.000Z'",
    'cosigned_at = NULL',
    "verifier_key = 'nonsense'",
    `verifier_key = '${south.line}'`,
  ];
  for (const change of changes) {
    const found = await find(t, `UPDATE kept_cosignature SET ${change} ${one}`);
    assert.deepEqual(found, ['audit.cosignature-edited 6-6'], change);
  }
  // Moved to another place it is one that is gone, and one that nobody took in.
  const moved = await find(t, `UPDATE kept_cosignature SET size = 7 ${one}`);
  assert.deepEqual(moved, [
    'audit.cosignature-lost 6-6',
    'audit.cosignature-unrecorded 8-13',
    'audit.cosignature-edited 13-13',
  ]);
});

test('REQ-OTA-AUD-02 a confirmed key that was swapped, slipped in or taken away behind the station is found', async (t) => {
  const imposter = makeWitness(north.key.name);
  const swapped = await find(t, `UPDATE note_key SET verifier_key = '${imposter.line}' WHERE name = 'depot/north'`);
  assert.deepEqual(swapped, ['audit.key-edited 1-1']);
  const both = `UPDATE note_key SET verifier_key = '${imposter.line}' WHERE name = 'depot/north';
    UPDATE kept_cosignature SET verifier_key = '${imposter.line}' WHERE witness = 'depot/north' AND size = 5`;
  assert.deepEqual(await find(t, both), ['audit.key-edited 1-1', 'audit.cosignature-edited 6-6']);
  const planted = "INSERT INTO note_key VALUES ('log', 'drydock/other', 'any', 'then', 'ada')";
  assert.deepEqual(await find(t, planted), ['audit.key-edited 13-13']);
  assert.deepEqual(await find(t, "DELETE FROM note_key WHERE name = 'depot/south'"), ['audit.key-edited 2-2']);
});

test('a cosignature counts no longer when the key of its witness is removed, neither for the log nor against it, and again when it is confirmed', async (t) => {
  const bench = record(t);
  removeWitness(bench, north);
  const { cosignatures, intact } = await bench.verify();
  assert.deepEqual(
    [intact, cosignatures],
    [true, { verified: 1, uncounted: 2, upTo: [{ witness: 'depot/south', size: 9 }] }],
  );
  removeWitness(bench, south);
  assert.deepEqual((await bench.verify()).cosignatures, { verified: 0, uncounted: 3, upTo: [] });
  const { database, folder } = bench;
  database.close();
  rewriteLog(folder, edited('event 7'));
  const rewritten = openTestLog(t, folder);
  assert.deepEqual(summarise(await rewritten.verify()), []);
  assert.equal(checkStart(rewritten), 'ok');
  confirmWitness(rewritten, south);
  assert.deepEqual(summarise(await rewritten.verify()), ['audit.cosignature-contradicted 1-9']);
});

test('a cosignature under a key that another one of the same name has replaced does not count', async (t) => {
  const bench = record(t);
  removeWitness(bench, north);
  confirmWitness(bench, makeWitness(north.key.name));
  const { cosignatures, intact } = await bench.verify();
  assert.deepEqual([intact, cosignatures.verified, cosignatures.uncounted], [true, 1, 2]);
  removeWitness(bench, south);
  bench.database.close();
  rewriteLog(bench.folder, edited('event 7'));
  assert.equal(checkStart(openTestLog(t, bench.folder)), 'ok');
});

test('REQ-OTA-AUD-02 what the events say of keys and cosignatures is not asked where they themselves were changed', async (t) => {
  const found = await find(t, "UPDATE audit_event SET leaf = replace(leaf, 'then', 'now') || ' ' WHERE seq IN (1, 6)");
  assert.deepEqual(found, ['audit.leaf-edited 1-1', 'audit.leaf-edited 6-6']);
});

test('what is taken in, confirmed or removed while the log is read is left for the next time', async (t) => {
  const bench = record(t);
  let isDone = false;
  const onProgress = (): void => {
    if (isDone) return;
    isDone = true;
    keep(bench, cosign(bench, south));
    removeWitness(bench, north);
    confirmWitness(bench, makeWitness('depot/west'));
  };
  const { seal, ...rest } = bench;
  const verification = await verifyAuditLog({ ...rest, stationId, key: seal.verifierKey, onProgress });
  assert.ok(isDone);
  assert.deepEqual(summarise(verification), []);
  assert.equal(verification.cosignatures.verified, 3);
  assert.deepEqual((await bench.verify()).cosignatures, {
    verified: 2,
    uncounted: 2,
    upTo: [{ witness: 'depot/south', size: 13 }],
  });
});
