import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test, { type TestContext } from 'node:test';
import type { AuditEvent, AuditVerification } from '../../../contract/schema/audit.ts';
import { cosignCheckpoint } from '../../../core/audit/checkpoint.ts';
import { makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { verifyAuditLog } from '../../../core/audit/verify-audit-log.ts';
import { checkKeptCosignature } from '../../../core/audit/witness/kept-cosignature.ts';
import { checkNewestCosignatures, cosignedLog } from '../../../core/audit/witness/newest-cosignatures.ts';
import { confirmWitness, cosign, keep, makeWitness, removeWitness } from '../../helpers/log-witness.ts';
import { rebuildTree, rewriteLog, tamper } from '../../helpers/tamper-log.ts';
import { draft, openTestLog, stationId, type TestLog } from './open-test-log.ts';

const [north, south] = [makeWitness('depot/north'), makeWitness('depot/south')];

/** Keys in events 1 and 2; the north witness has cosigned 5 and 9, the south one 9; taken in by events 6, 10 and 11; 13 events in all. */
function record(context: TestContext): TestLog {
  const bench = openTestLog(context);
  confirmWitness(bench, north);
  confirmWitness(bench, south);
  bench.record(draft('event 3'), draft('event 4'));
  bench.record(draft('event 5'));
  keep(bench, cosign(bench, north));
  for (const seq of [7, 8, 9]) bench.record(draft(`event ${seq}`));
  const [byNorth, bySouth] = [cosign(bench, north), cosign(bench, south)];
  keep(bench, byNorth);
  keep(bench, bySouth);
  bench.record(draft('event 12'), draft('event 13'));
  return bench;
}

/** The same station after somebody was at its folder while it was closed. */
function reopen(context: TestContext, work: (folder: string) => void): TestLog {
  const { database, folder } = record(context);
  database.close();
  work(folder);
  return openTestLog(context, folder);
}

function summarise({ findings, intact }: AuditVerification): string[] {
  assert.equal(intact, findings.length === 0);
  return findings.map(({ code, fromSeq, toSeq }) => `${code} ${fromSeq}-${toSeq}`);
}

async function find(context: TestContext, sql: string): Promise<string[]> {
  return summarise(await reopen(context, (folder) => tamper(folder, (to) => to.exec(sql))).verify());
}

function checkStart({ log, seal, witnesses }: TestLog): string {
  const checked = checkNewestCosignatures(log, seal.verifierKey, witnesses);
  return checked.ok ? 'ok' : checked.code;
}

function edited(note: string): (event: AuditEvent) => AuditEvent {
  return (event) => (event.data['note'] === note ? { ...event, data: { note: 'another' } } : event);
}

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

test('REQ-OTA-AUD-02 what the events say of keys and cosignatures is not asked where they themselves were changed', async (t) => {
  const found = await find(t, "UPDATE audit_event SET leaf = replace(leaf, 'then', 'now') || ' ' WHERE seq IN (1, 6)");
  assert.deepEqual(found, ['audit.leaf-edited 1-1', 'audit.leaf-edited 6-6']);
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

test('REQ-OTA-AUD-02 every kept cosignature is checked, however many there are', async (t) => {
  const bench = openTestLog(t);
  confirmWitness(bench, north);
  for (let count = 0; count < 50; count += 1) keep(bench, cosign(bench, north));
  assert.equal((await bench.verify()).cosignatures.verified, 50);
  tamper(bench.folder, (connection) => connection.exec("UPDATE kept_cosignature SET note = 'x' WHERE size = 33"));
  assert.deepEqual(summarise(await bench.verify()), ['audit.cosignature-edited 34-34']);
});
