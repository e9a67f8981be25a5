import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { originOf, verifyCheckpoint } from '../../../core/audit/checkpoint.ts';
import { compareWithCheckpoint } from '../../../core/audit/compare-with-checkpoint.ts';
import { tamper } from '../../helpers/tamper-log.ts';
import { draft, makeFolder, openTestLog, stationId, type TestLog } from './open-test-log.ts';

function headOf({ headFile, seal }: TestLog): { size: bigint; text: string } {
  const head = headFile.read();
  assert.ok(head);
  const verified = verifyCheckpoint(head, [seal.verifierKey]);
  assert.ok(verified.ok);
  return { size: verified.value.checkpoint.size, text: Buffer.from(head).toString() };
}

/** Copies what a disk would hold if the power failed now. */
function snapshot({ folder }: TestLog, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(folder)) if (name !== 'station.lock') copyFileSync(join(folder, name), join(to, name));
}

test('REQ-OTA-AUD-01 each transaction with events has one signed checkpoint, and the newest stands in the head file', (t) => {
  const station = openTestLog(t);
  const { database, log, record, repository, seal } = station;
  assert.equal(log.checkpoint(), null);
  record(draft('1'), draft('2'));
  database.transact(() => undefined);
  record(draft('3'));
  assert.deepEqual(
    repository.checkpointsAfter(0, 10).map(({ size }) => size),
    [2, 3],
  );
  const note = log.checkpoint();
  assert.ok(note);
  assert.equal(headOf(station).text, note);
  const verified = verifyCheckpoint(Buffer.from(note), [seal.verifierKey]);
  assert.ok(verified.ok);
  assert.deepEqual(verified.value.checkpoint, {
    origin: originOf(stationId),
    size: 3n,
    root: log.root(),
    extensions: [],
  });
});

test('REQ-OTA-AUD-02 no checkpoint is handed out over events that may yet be undone', (t) => {
  const { database, log, record } = openTestLog(t);
  record(draft('1'));
  database.transact(() => {
    log.append(draft('2'));
    assert.throws(() => log.checkpoint(), /no signed checkpoint covers event 2/);
  });
  assert.ok(log.checkpoint());
});

test('REQ-OTA-AUD-02 a station that stopped between commit and head goes on, and renews the head', (t) => {
  const before = openTestLog(t);
  before.record(draft('1'));
  before.record(draft('2'));
  const copy = join(makeFolder(t), 'copy');
  snapshot(before, copy);
  before.record(draft('3'));
  copyFileSync(join(before.folder, 'station.db'), join(copy, 'station.db'));
  copyFileSync(join(before.folder, 'station.db-wal'), join(copy, 'station.db-wal'));
  rmSync(join(copy, 'station.db-shm'), { force: true });

  const after = openTestLog(t, copy);
  assert.equal(headOf(after).size, 2n);
  assert.deepEqual(after.seal.check(), { ok: true, value: undefined });
  assert.equal(headOf(after).size, 3n);
});

test('REQ-OTA-AUD-02 a station that stopped before its very first head goes on', async (t) => {
  const before = openTestLog(t);
  before.record(draft('1'));
  const copy = join(makeFolder(t), 'copy');
  snapshot(before, copy);
  rmSync(join(copy, 'audit-head'));
  const after = openTestLog(t, copy);
  assert.ok(after.seal.check().ok);
  assert.equal(headOf(after).size, 1n);
  assert.ok((await after.verify()).intact);
});

test('REQ-OTA-AUD-02 power lost at any commit leaves a log that is whole and starts', async (t) => {
  const station = openTestLog(t);
  const copies = makeFolder(t);
  for (let count = 1; count <= 6; count += 1) {
    station.record(draft(`${count}`), draft(`${count} again`));
    snapshot(station, join(copies, String(count)));
  }
  for (let count = 1; count <= 6; count += 1) {
    const { database, log, seal, verify } = openTestLog(t, join(copies, String(count)));
    assert.equal(log.size(), count * 2);
    assert.ok(seal.check().ok);
    assert.ok((await verify()).intact);
    database.close();
  }
});

test('REQ-OTA-AUD-03 while the head cannot be written, nothing more is recorded', (t) => {
  const station = openTestLog(t);
  station.record(draft('1'));
  // A folder in the place of the temporary file: a head that cannot be written, for root as for anyone.
  const obstacle = join(station.folder, 'audit-head.new');
  mkdirSync(obstacle);
  const hasFailed = (error: unknown) =>
    error instanceof RefusalError && error.refusal.code === 'station.storage-failed';
  assert.throws(() => station.record(draft('2')), hasFailed);
  assert.equal(station.log.size(), 2, 'this one was durable before the head failed');
  assert.throws(() => station.record(draft('3')), hasFailed);
  assert.equal(station.log.size(), 2);
  assert.equal(headOf(station).size, 1n);
  rmSync(obstacle, { recursive: true });
  station.record(draft('3'));
  assert.equal(headOf(station).size, 3n);
});

test("REQ-OTA-APP-04 a head that was being written when the power failed is in nobody's way", (t) => {
  const station = openTestLog(t);
  station.record(draft('1'));
  writeFileSync(join(station.folder, 'audit-head.new'), 'half a checkp');
  station.record(draft('2'));
  assert.equal(headOf(station).size, 2n);
});

test('REQ-OTA-AUD-02 a newest checkpoint that is damaged is found at the start', (t) => {
  const { database, folder, record } = openTestLog(t);
  record(draft('1'));
  database.close();
  tamper(folder, (connection) =>
    connection.exec("UPDATE audit_checkpoint SET note = replace(note, char(10) || '1', char(10) || '2')"),
  );
  const checked = openTestLog(t, folder).seal.check();
  assert.ok(!checked.ok && checked.code === 'audit.note-signature-invalid');
});

test(
  'the head file is readable by its owner alone and leaves nothing beside it',
  { skip: process.platform === 'win32' },
  (t) => {
    const { folder, record } = openTestLog(t);
    record(draft('1'));
    assert.equal(statSync(join(folder, 'audit-head')).mode & 0o777, 0o600);
    assert.ok(!readdirSync(folder).includes('audit-head.new'));
  },
);

test('REQ-OTA-AUD-02 a checkpoint that an auditor kept is compared with the log of today', (t) => {
  const { log, record, seal } = openTestLog(t);
  record(draft('1'));
  const kept = Buffer.from(log.checkpoint() ?? '');
  record(draft('2'));
  const compared = compareWithCheckpoint(log, kept, [seal.verifierKey]);
  assert.ok(compared.ok);
  assert.equal(compared.value.checkpoint.size, 1n);

  const stranger = { ...seal.verifierKey, name: originOf('another') };
  const foreign = compareWithCheckpoint(log, kept, [stranger, seal.verifierKey]);
  assert.ok(!foreign.ok && foreign.code === 'audit.note-untrusted', 'a witness alone does not speak for the log');
});

test('REQ-OTA-AUD-02 a checkpoint of a longer or another log of the same key is refused by name', (t) => {
  const here = openTestLog(t);
  const there = openTestLog(t);
  here.record(draft('1'), draft('2'));
  there.record(draft('1'), draft('other'));
  const other = compareWithCheckpoint(here.log, Buffer.from(there.log.checkpoint() ?? ''), [here.seal.verifierKey]);
  assert.ok(!other.ok && other.code === 'audit.root-mismatch');
  there.record(draft('3'));
  const longer = compareWithCheckpoint(here.log, Buffer.from(there.log.checkpoint() ?? ''), [here.seal.verifierKey]);
  assert.ok(!longer.ok && longer.code === 'audit.truncated');
  assert.deepEqual(longer.detail, { signedSize: '3', size: 2 });
});
