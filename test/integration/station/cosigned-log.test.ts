import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectAuditLog } from '../../../core/station/inspect-log.ts';
import { openStation } from '../../../core/station.ts';
import { ask, cosign, setPair, type Pair } from '../../helpers/cosigning-pair.ts';
import { rewriteLog, tamper } from '../../helpers/tamper-log.ts';

/** A station that keeps a cosignature over so many events, and has gone on since. */
async function keepOne(pair: Pair): Promise<number> {
  const { size } = await pair.log.call('auditor', 'audit.add-cosignature', {
    path: await cosign(pair, await ask(pair, null)),
  });
  await pair.log.call('administrator', 'station.rename', { name: 'Another name' });
  return size;
}

test('REQ-OTA-AUD-02 a log that was rewritten and signed with its own key is convicted by the cosignature that is kept of it', async (t) => {
  const pair = await setPair(t);
  const { log, witnessName } = pair;
  const size = await keepOne(pair);
  const { dataFolder } = log.options;
  await log.station.close();
  rewriteLog(dataFolder, (event) => (event.seq === 3 ? { ...event, data: { ...event.data, rewritten: true } } : event));

  const opened = openStation({ ...log.options, create: false });
  assert.ok(!opened.ok, 'the station does not open with such a log');
  assert.equal(opened.code, 'audit.cosignature-contradicted');
  const inspected = await inspectAuditLog(dataFolder);
  assert.ok(inspected.ok);
  const { findings, intact } = inspected.value;
  assert.equal(intact, false);
  assert.deepEqual(
    findings.map(({ code, fromSeq, toSeq }) => [code, fromSeq, toSeq]),
    [['audit.cosignature-contradicted', 1, size]],
    'nothing else in the folder tells',
  );
  assert.ok(findings[0]?.reason.includes(`${witnessName} cosigned another history of this log: over ${size} events`));
  await assertHonest(pair, dataFolder);
});

/** What is found is no matter of having been rewritten: the same writing with every event as it was is one that the witness saw. */
async function assertHonest({ log }: Pair, dataFolder: string): Promise<void> {
  rewriteLog(dataFolder, ({ data: { rewritten: _, ...data }, ...event }) => ({ ...event, data }));
  const inspected = await inspectAuditLog(dataFolder);
  assert.ok(inspected.ok && inspected.value.intact);
  await log.restart();
}

test('REQ-OTA-AUD-02 verifying says up to which event others vouch for the log, and finds that a kept cosignature is gone', async (t) => {
  const pair = await setPair(t);
  const { log, witnessName: witness } = pair;
  const none = await log.call('auditor', 'audit.verify', {});
  assert.deepEqual(none.cosignatures, { verified: 0, uncounted: 0, upTo: [] });
  const size = await keepOne(pair);
  const expected = { verified: 1, uncounted: 0, upTo: [{ witness, size }] };
  for (const scope of ['new', 'whole'] as const) {
    const { cosignatures, intact } = await log.call('auditor', 'audit.verify', { scope });
    assert.ok(intact);
    assert.deepEqual(cosignatures, expected, scope);
  }
  const { verification } = await log.call('auditor', 'audit.verification', {});
  assert.deepEqual(verification?.cosignatures, expected);

  await log.station.close();
  tamper(log.options.dataFolder, (connection) => connection.exec('DELETE FROM kept_cosignature'));
  await log.restart();
  const found = await log.call('auditor', 'audit.verify', {});
  assert.deepEqual(
    found.findings.map(({ code }) => code),
    ['audit.cosignature-lost'],
  );
  const events = await log.call('auditor', 'audit.list', {
    before: null,
    type: 'audit.verified',
    outcome: 'failed',
    limit: 5,
  });
  assert.equal(events.length, 1, 'that it was found is on record');
});

test('REQ-OTA-AUD-02 a kept cosignature that was edited is named in the list of witnesses, and a station does not open with it', async (t) => {
  const pair = await setPair(t);
  const { log } = pair;
  await keepOne(pair);
  tamper(log.options.dataFolder, (connection) => {
    connection.exec("UPDATE kept_cosignature SET cosigned_at = '2026-01-01T00:00:00.000Z'");
  });
  const { cosignatures } = await log.call('auditor', 'audit.witnesses', {});
  assert.equal(cosignatures[0]?.fault?.code, 'audit.cosignature-edited');
  await log.station.close();
  const opened = openStation({ ...log.options, create: false });
  assert.ok(!opened.ok && opened.code === 'audit.cosignature-edited');
});
