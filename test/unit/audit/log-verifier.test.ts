import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { LogVerifier } from '../../../core/audit/log-verifier.ts';
import type { AuditVerificationState } from '../../../contract/schema/audit-log.ts';
import type { WitnessRepository } from '../../../core/audit/witness/repository.ts';
import { confirmWitness, cosign, keep, makeWitness, removeWitness } from '../../helpers/log-witness.ts';
import { tamper } from '../../helpers/tamper-log.ts';
import { draft, openTestLog, stationId, type TestLog } from './open-test-log.ts';

interface Bench extends TestLog {
  readonly verifier: LogVerifier;
  readonly told: AuditVerificationState['running'][];
  /** Sequence numbers of the rows that were read. */
  readonly read: number[];
  /** Sizes of the kept cosignatures that were read. */
  readonly readCosignatures: number[];
}

function open(t: TestContext): Bench {
  const opened = openTestLog(t);
  const { clock, headFile, repository, seal, witnesses } = opened;
  const told: AuditVerificationState['running'][] = [];
  const read: number[] = [];
  const watched = {
    ...repository,
    eventsAfter: (seq: number, limit: number) => {
      const rows = repository.eventsAfter(seq, limit);
      read.push(...rows.map((row) => row.seq));
      return rows;
    },
  };
  const readCosignatures: number[] = [];
  const watchedWitnesses: WitnessRepository = {
    ...witnesses,
    cosignature(id) {
      readCosignatures.push(id.size);
      return witnesses.cosignature(id);
    },
  };
  const onProgress = (progress: AuditVerificationState['running']): void => void told.push(progress);
  const parts = {
    repository: watched,
    headFile,
    witnesses: watchedWitnesses,
    stationId,
    key: seal.verifierKey,
    clock,
    onProgress,
  };
  return { ...opened, verifier: new LogVerifier(parts), told, read, readCosignatures };
}

/** Asked anew each time. */
function stateOf({ verifier }: Bench): AuditVerificationState {
  return verifier.state;
}

function append({ record }: TestLog, count: number): void {
  for (let n = 0; n < count; n += 1) record(draft(`one of ${count}`));
}

test('REQ-OTA-AUD-02 nothing counts as verified before it was read, and afterwards what was read when is told by the station’s clock', async (t) => {
  const bench = open(t);
  const { clock, log, read, verifier } = bench;
  append(bench, 250);
  assert.deepEqual(verifier.state, { size: 250, running: null, whole: null, newer: null, verification: null });

  const first = await verifier.verify('whole');
  const readFirst = clock.now().toISOString();
  assert.equal(first.intact, true);
  assert.deepEqual([read.length, read.at(0), read.at(-1)], [250, 1, 250]);

  append(bench, 3);
  assert.deepEqual(stateOf(bench).whole, { at: readFirst, size: 250 });
  assert.equal(stateOf(bench).size, 253, 'three events that nobody has read yet');
  assert.equal(stateOf(bench).verification?.size, 250);

  clock.advance(60_000);
  read.length = 0;
  const second = await verifier.verify('new');
  assert.deepEqual(read, [251, 252, 253], 'only the new ones are read');
  assert.deepEqual(second, {
    ...first,
    size: 253,
    checkpoints: 253,
    rootSha256: Buffer.from(log.root()).toString('hex'),
  });
  assert.deepEqual(stateOf(bench).whole, { at: readFirst, size: 250 }, 'what was read first is as old as it was');
  assert.deepEqual(stateOf(bench).newer, { at: clock.now().toISOString(), fromSeq: 251, toSeq: 253 });

  await verifier.verify('new');
  assert.equal(stateOf(bench).newer?.toSeq, 253, 'a run that finds nothing new changes nothing');
  await verifier.verify('whole');
  assert.deepEqual([stateOf(bench).whole?.size, stateOf(bench).newer], [253, null]);
});

test('REQ-OTA-AUD-02 what is tampered with behind the verified part is found on top, and from then on nothing new counts as verified', async (t) => {
  const bench = open(t);
  const { database, read, verifier } = bench;
  append(bench, 5);
  await verifier.verify('whole');
  append(bench, 2);
  const { connection } = database;
  connection.exec('DROP TRIGGER audit_event_never_changes');
  connection.exec(`UPDATE audit_event SET leaf = replace(leaf, 'one of 2', 'one of 3') WHERE seq = 6`);
  const found = await verifier.verify('new');
  assert.deepEqual(
    found.findings.map(({ code, fromSeq, toSeq }) => [code, fromSeq, toSeq]),
    [['audit.leaf-edited', 6, 6]],
  );
  append(bench, 1);
  read.length = 0;
  assert.equal(await verifier.verify('new'), found);
  assert.deepEqual(read, [], 'nothing is read behind a fault');
  assert.equal(verifier.state.verification?.intact, false);
});

test('REQ-OTA-AUD-02 an event that was edited after it was verified is found by reading the whole log, and not before', async (t) => {
  const bench = open(t);
  append(bench, 5);
  await bench.verifier.verify('whole');
  bench.database.connection.exec('DROP TRIGGER audit_event_never_changes');
  bench.database.connection.exec(`UPDATE audit_event SET leaf = replace(leaf, 'one of', 'two of') WHERE seq = 2`);
  append(bench, 1);
  assert.equal((await bench.verifier.verify('new')).intact, true);
  assert.equal(stateOf(bench).whole?.size, 5, 'which is why the time of the whole reading is told beside it');
  assert.equal((await bench.verifier.verify('whole')).intact, false);
});

test('REQ-OTA-AUD-02 reading what came on top checks the cosignatures that came with it, and knows those that were checked before', async (t) => {
  const bench = open(t);
  const { readCosignatures, verifier } = bench;
  const [north, south] = [makeWitness('depot/north'), makeWitness('depot/south')];
  confirmWitness(bench, north);
  append(bench, 3);
  keep(bench, cosign(bench, north));
  await verifier.verify('whole');
  assert.deepEqual(readCosignatures, [4]);

  confirmWitness(bench, south);
  keep(bench, cosign(bench, south));
  readCosignatures.length = 0;
  const { cosignatures } = await verifier.verify('new');
  assert.deepEqual(readCosignatures, [6]);
  const upTo = [
    { witness: 'depot/south', size: 6 },
    { witness: 'depot/north', size: 4 },
  ];
  assert.deepEqual(cosignatures, { verified: 2, uncounted: 0, upTo });

  removeWitness(bench, south);
  const removed = await verifier.verify('new');
  assert.deepEqual(removed.cosignatures, { verified: 1, uncounted: 1, upTo: upTo.slice(1) });
  confirmWitness(bench, south);
  assert.deepEqual((await verifier.verify('new')).cosignatures, cosignatures);

  // A checkpoint may have been cosigned long before it comes back.
  const late = cosign(bench, north);
  keep(bench, cosign(bench, south));
  append(bench, 1);
  keep(bench, cosign(bench, north));
  await verifier.verify('new');
  keep(bench, late);
  const again = await verifier.verify('new');
  assert.equal(again.cosignatures.verified, 5);
  assert.deepEqual(again.cosignatures.upTo[0], { witness: 'depot/north', size: late.size + 2 });

  const { connection } = bench.database;
  connection.exec('DROP TRIGGER kept_cosignature_stays');
  connection.exec('DELETE FROM kept_cosignature WHERE size = 4');
  const found = await verifier.verify('new');
  assert.deepEqual(
    found.findings.map(({ code, fromSeq }) => [code, fromSeq]),
    [['audit.cosignature-lost', 5]],
    'one that is gone is missed at once',
  );
});

test('a run tells of its progress some 200 times and of its end, and whoever asks meanwhile waits for the same run', async (t) => {
  const bench = open(t);
  const { read, record, told, verifier } = bench;
  record(...Array.from({ length: 1500 }, (_, n) => draft(`event ${n}`)));
  const [one, other] = await Promise.all([verifier.verify('whole'), verifier.verify('new')]);
  assert.equal(one, other);
  assert.equal(read.length, 1500, 'it was read once');
  assert.deepEqual(told.at(0), { doneEvents: 0, ofEvents: 1500 });
  assert.deepEqual(told.at(-1), null);
  assert.equal(told.filter((progress) => progress === null).length, 1);
  assert.ok(told.length >= 10 && told.length <= 202, String(told.length));
  const done = told.map((progress) => progress?.doneEvents ?? Infinity);
  assert.deepEqual(
    done,
    done.toSorted((a, b) => a - b),
  );
});

test('a run that is stopped ends at once, rejects, and leaves nothing verified', async (t) => {
  const bench = open(t);
  append(bench, 150);
  const run = assert.rejects(bench.verifier.verify('whole'), { name: 'AbortError' });
  await bench.verifier.stop();
  await run;
  assert.deepEqual([stateOf(bench).whole, bench.verifier.state.running], [null, null]);
  bench.database.close();
  tamper(bench.folder, (connection) => connection.exec('DELETE FROM audit_event'));
});
