import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const minute = 60_000;

test('REQ-OTA-OPR-01 an administrator sets when an unused session ends, for the open ones too, and the log says so', async (t) => {
  const depot = await VirtualDepot.set(t);
  assert.equal((await depot.call('technician', 'station.settings', {})).idleMinutes, 15);
  const refused = await depot.refusal('technician', 'station.set-idle-time', { idleMinutes: 60 });
  assert.equal(refused.code, 'station.permission-denied');

  await depot.call('administrator', 'station.set-idle-time', { idleMinutes: 5 });
  const session = await depot.call('technician', 'session.current', {});
  assert.equal(Date.parse(session.idleAt) - depot.clock.now().getTime(), 5 * minute);
  depot.clock.advance(5 * minute);
  const expired = await depot.refusal('technician', 'session.current', {});
  assert.equal(expired.code, 'operator.session-expired');
  assert.match(expired.reason, /5 min/);

  await depot.restart();
  await depot.login('auditor');
  assert.equal((await depot.call('auditor', 'station.settings', {})).idleMinutes, 5, 'it outlives a restart');
  const [event] = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'station.changed',
    outcome: null,
    limit: 10,
  });
  assert.deepEqual(event?.data, { setting: 'idleMinutes', before: 15, after: 5 });
});

test('REQ-OTA-OPR-01 a session can be set to stand unused for no less than a minute and no more than an hour', async (t) => {
  const depot = await VirtualDepot.set(t);
  for (const idleMinutes of [0, 61, 1.5]) {
    const refused = await depot.refusal('administrator', 'station.set-idle-time', { idleMinutes });
    assert.equal(refused.code, 'station.input-invalid', String(idleMinutes));
  }
  for (const idleMinutes of [1, 60]) await depot.call('administrator', 'station.set-idle-time', { idleMinutes });
});

test('REQ-OTA-AUD-01 a station is renamed, keeps its id and key, and the log tells both names once', async (t) => {
  const depot = await VirtualDepot.set(t);
  const before = await depot.call(null, 'station.status', {});
  await depot.call('administrator', 'station.rename', { name: 'North wing, bench 2' });
  await depot.call('administrator', 'station.rename', { name: 'North wing, bench 2' });
  assert.deepEqual(await depot.call(null, 'station.status', {}), { ...before, name: 'North wing, bench 2' });
  const events = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'station.changed',
    outcome: null,
    limit: 10,
  });
  assert.deepEqual(
    events.map(({ data }) => data),
    [{ setting: 'name', before: before.name, after: 'North wing, bench 2' }],
  );
});

test('REQ-OTA-OPR-01 a password that is made of the new name of the station is refused at once', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('administrator', 'station.rename', { name: 'Quillfeather' });
  const refused = await depot.refusal('administrator', 'operator.create', {
    username: 'newcomer',
    printedName: 'New Comer',
    roles: ['auditor'],
    initialPassword: 'quillfeather quillfeather',
  });
  assert.equal(refused.code, 'operator.password-contextual');
});

test('the look at the station says when its log was verified, also after a restart', async (t) => {
  const depot = await VirtualDepot.set(t);
  const first = await depot.call('technician', 'station.health', {});
  assert.equal(first.checks.find(({ name }) => name === 'audit')?.status, 'warning');
  assert.equal(first.facts.unitsOnBench, 1);

  const { size } = await depot.call('auditor', 'audit.verify', {});
  await depot.restart();
  const { checks, facts } = await depot.call('technician', 'station.health', {});
  assert.deepEqual(facts.auditVerified, { at: depot.clock.now().toISOString(), events: size });
  assert.equal(checks.find(({ name }) => name === 'audit')?.status, 'passed');

  depot.clock.advance(3 * 24 * 60 * minute);
  await depot.login('technician');
  const later = await depot.call('technician', 'station.health', {});
  assert.deepEqual(
    later.checks.flatMap(({ code, name, status }) => (status === 'failed' ? [[name, code]] : [])),
    [['clock', 'trust.clock-jumped']],
  );
});
