import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createTrustedNow } from '../../../core/station/trusted-now.ts';
import { createClockWatch } from '../../../core/storage/clock-watch.ts';
import { TrustStore } from '../../../core/trust/trust-store.ts';
import { tamper } from '../../helpers/tamper-log.ts';
import { draft, openTestLog } from '../audit/open-test-log.ts';
import { MemoryTrustRepository } from '../trust/support/memory-repository.ts';

/** A station that recorded one event at 09:00. */
function stationAtNine(t: TestContext) {
  const { clock, log, record, folder, database } = openTestLog(t);
  const trust = new TrustStore(new MemoryTrustRepository());
  const trustedNow = createTrustedNow({ clock, trust, log, clockWatch: createClockWatch(database.connection) });
  const outcomeAt = (time: string, day = '2026-11-22'): string => {
    clock.setWall(`${day}T${time}Z`);
    const now = trustedNow();
    return now.ok ? now.value.toISOString().slice(11, 23) : now.code;
  };
  assert.equal(outcomeAt('08:00:00.000'), '08:00:00.000');
  clock.setWall('2026-11-22T09:00:00.000Z');
  record(draft('at nine'));
  return { clock, trust, record, folder, trustedNow, outcomeAt };
}

test('REQ-OTA-SIG-06 a clock at most five minutes below an event is a step of a time service, and accepted', (t) => {
  const { outcomeAt } = stationAtNine(t);
  assert.equal(outcomeAt('09:00:00.000'), '09:00:00.000');
  assert.equal(outcomeAt('08:55:00.000'), '08:55:00.000');
});

test('REQ-OTA-SIG-06 a clock further below an event is refused, with both times and what to do', (t) => {
  const { outcomeAt, trustedNow } = stationAtNine(t);
  assert.equal(outcomeAt('08:54:59.999'), 'trust.clock-below-floor');
  const refused = trustedNow();
  assert.match(
    refused.ok ? '' : refused.reason,
    /clock says 2026-11-22T08:54:59.999Z, but .* audit event 1 on 2026-11-22T09:00:00.000Z; set date and time/,
  );
});

test('REQ-OTA-SIG-06 events that are recorded under a wrong clock do not make it right', (t) => {
  const { outcomeAt, record } = stationAtNine(t);
  assert.equal(outcomeAt('07:00:00.000'), 'trust.clock-below-floor');
  record(draft('login'), draft('refused import'));
  assert.equal(outcomeAt('07:00:01.000'), 'trust.clock-below-floor');
  assert.equal(outcomeAt('09:00:01.000'), '09:00:01.000');
});

test('REQ-OTA-SIG-06 the floor of signed times holds besides, without a tolerance', (t) => {
  const { outcomeAt, trust } = stationAtNine(t);
  trust.raiseTimeFloor(new Date('2026-11-22T08:59:00Z'), new Date('2026-11-22T09:00:00Z'));
  assert.equal(outcomeAt('08:58:59.999'), 'trust.clock-below-floor');
  assert.equal(outcomeAt('08:59:00.000'), '08:59:00.000');
});

test('REQ-OTA-AUD-02 no time is trusted beside an event that was edited', (t) => {
  const { outcomeAt, folder } = stationAtNine(t);
  tamper(folder, (connection) => connection.exec("UPDATE audit_event SET leaf = replace(leaf, 'at nine', 'at nyne')"));
  assert.equal(outcomeAt('07:00:00.000'), 'audit.leaf-edited');
});

test('REQ-OTA-SIG-06 a clock that once ran ahead is accepted again by a deed that stands in the log, and only for what came before it', (t) => {
  const { clock, outcomeAt, record } = stationAtNine(t);
  assert.equal(outcomeAt('07:00:00.000'), 'trust.clock-below-floor');
  record({ ...draft('vouched'), type: 'trust.clock-accepted' });
  assert.equal(outcomeAt('07:00:01.000'), '07:00:01.000');
  clock.setWall('2026-11-22T11:00:00.000Z');
  record(draft('ahead again'));
  assert.equal(outcomeAt('07:00:02.000'), 'trust.clock-below-floor');
});

test('REQ-OTA-SIG-06 a clock at most a day ahead of the newest event is believed', (t) => {
  const { outcomeAt } = stationAtNine(t);
  assert.equal(outcomeAt('09:00:00.000', '2026-11-23'), '09:00:00.000');
});

test('REQ-OTA-SIG-06 a clock more than a day ahead asks for an administrator, with both times and what to do', (t) => {
  const { outcomeAt, trustedNow } = stationAtNine(t);
  assert.equal(outcomeAt('09:00:00.001', '2026-11-23'), 'trust.clock-jumped');
  const refused = trustedNow();
  assert.match(
    refused.ok ? '' : refused.reason,
    /from 2026-11-22T09:00:00.000Z to 2026-11-23T09:00:00.001Z .*drydock trust accept-clock/,
  );
});

test('REQ-OTA-SIG-06 attempts under a clock that jumped do not hide the jump, nor does setting it right', (t) => {
  const { outcomeAt, record, clock } = stationAtNine(t);
  assert.equal(outcomeAt('09:00:00.000', '2026-12-01'), 'trust.clock-jumped');
  record(draft('login'), draft('refused import'));
  clock.advance(60_000);
  assert.equal(outcomeAt('09:01:00.000', '2026-12-01'), 'trust.clock-jumped');
  record({ ...draft('vouched'), type: 'trust.clock-accepted' });
  assert.equal(outcomeAt('09:01:00.000', '2026-12-01'), '09:01:00.000');
  assert.equal(outcomeAt('09:01:00.001', '2026-12-02'), 'trust.clock-jumped');
});

test('REQ-OTA-SIG-06 a refused vouching vouches for nothing', (t) => {
  const { outcomeAt, record } = stationAtNine(t);
  assert.equal(outcomeAt('09:00:00.000', '2026-12-01'), 'trust.clock-jumped');
  record({ ...draft('wrong password'), type: 'trust.clock-accepted', outcome: 'refused' });
  assert.equal(outcomeAt('09:00:01.000', '2026-12-01'), 'trust.clock-jumped');
});

test('REQ-OTA-SIG-06 a clock that was set back and right again has not jumped', (t) => {
  const { outcomeAt, record } = stationAtNine(t);
  outcomeAt('09:00:00.000', '2020-01-01');
  record(draft('in 2020'));
  assert.equal(outcomeAt('09:30:00.000'), '09:30:00.000');
  record(draft('right again'));
  assert.equal(outcomeAt('09:31:00.000'), '09:31:00.000');
});
