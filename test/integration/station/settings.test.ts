import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openConnection } from '../../../core/storage/sqlite-connection.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const minuteMs = 60_000;

test('REQ-OTA-OPR-01 an administrator sets how long a session may stand unused, within bounds, and it holds at once and for everybody', async (t) => {
  const depot = await VirtualDepot.set(t);
  const set = { minutes: 2 };
  assert.equal((await depot.refusal('technician', 'station.set-idle-time', set)).code, 'station.permission-denied');
  for (const minutes of [0, 61, 1.5]) {
    const refused = await depot.refusal('administrator', 'station.set-idle-time', { minutes });
    assert.equal(refused.code, 'station.input-invalid');
  }
  assert.equal((await depot.call('administrator', 'station.set-idle-time', set)).idleMinutes, 2);
  const [event] = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'station.setting-changed',
    outcome: null,
    limit: 1,
  });
  assert.deepEqual(event?.data, { setting: 'session-idle-minutes', before: 15, after: 2 });
  depot.clock.advance(2 * minuteMs - 1);
  await depot.call('auditor', 'station.settings', {});
  depot.clock.advance(1);
  assert.equal((await depot.refusal('technician', 'station.settings', {})).code, 'operator.session-expired');
});

test('REQ-OTA-OPR-01 an idle time that was edited outside Drydock never lengthens a session', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.station.close();
  const connection = openConnection(join(depot.folder, 'data', 'station.db'));
  connection.exec("INSERT INTO station (key, value) VALUES ('session-idle-minutes', '999999')");
  connection.close();
  await depot.restart();
  assert.equal((await depot.call('administrator', 'station.settings', {})).idleMinutes, 1);
});

test('an administrator renames the station, and its papers and status say so', async (t) => {
  const depot = await VirtualDepot.set(t);
  assert.equal((await depot.call('administrator', 'station.rename', { name: 'Bench 8' })).name, 'Bench 8');
  assert.equal((await depot.call(null, 'station.status', {})).name, 'Bench 8');
  const [event] = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'station.setting-changed',
    outcome: null,
    limit: 1,
  });
  assert.deepEqual(event?.data, { setting: 'name', before: 'Bench 7', after: 'Bench 8' });
});
