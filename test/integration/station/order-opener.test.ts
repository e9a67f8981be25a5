import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { OrderBench } from './order-bench.ts';

const MINUTE_MS = 60_000;

test('REQ-OTA-USB-03 REQ-OTA-OPR-01 an idle lock does not end an order: whoever plugs units in does not type', async (t) => {
  const bench = await OrderBench.set(t);
  await bench.open();
  bench.depot.clock.advance(20 * MINUTE_MS);
  const locked = await bench.depot.refusal('technician', 'session.current', {});
  assert.equal(locked.code, 'operator.session-expired');
  assert.equal((await bench.plugAndUpdate('VU-0001')).state, 'confirmed');
});

test('REQ-OTA-USB-03 REQ-OTA-OPR-02 nothing starts after the operator of the order has logged out', async (t) => {
  const bench = await OrderBench.set(t);
  await bench.open();
  await bench.depot.call('technician', 'session.logout', {});
  const closed = await bench.plugAndClose('VU-0001');
  assert.equal(closed.end, 'opener-left');
  assert.equal(closed.started.length, 0);
  const [event] = await bench.events('order.closed');
  assert.deepEqual([event?.code, event?.outcome, event?.actor.kind], ['order.opener-left', 'refused', 'station']);
  await bench.depot.login('technician');
  assert.deepEqual(await bench.jobs(), []);
});

test('REQ-OTA-USB-03 REQ-OTA-OPR-02 nothing starts after the operator of the order was disabled', async (t) => {
  const bench = await OrderBench.set(t);
  const { openedBy } = await bench.open();
  await bench.depot.call('administrator', 'operator.disable', { id: openedBy.id, reason: 'left' });
  assert.equal((await bench.plugAndClose('VU-0001')).end, 'opener-left');
});

test('REQ-OTA-USB-03 an order ends with its time, and with the longest time of a session', async (t) => {
  const bench = await OrderBench.set(t);
  const soon = new Date(bench.depot.clock.now().getTime() + 30 * MINUTE_MS).toISOString();
  assert.equal((await bench.open({ endsAt: soon })).endsAt, soon);
  bench.depot.clock.advance(30 * MINUTE_MS);
  assert.equal((await bench.plugAndClose('VU-0001')).end, 'time-over');
  bench.unplug('VU-0001');
  await bench.depot.login('technician');
  const whole = await bench.open();
  assert.equal(Date.parse(whole.endsAt) - Date.parse(whole.openedAt), 12 * 60 * MINUTE_MS);
  bench.depot.clock.advance(12 * 60 * MINUTE_MS);
  assert.equal((await bench.plugAndClose('VU-0001')).end, 'time-over');
});

test('REQ-OTA-USB-03 REQ-OTA-APP-04 no order outlives the station: after a restart nothing starts without a person', async (t) => {
  const bench = await OrderBench.set(t);
  const order = await bench.open();
  await bench.depot.restart();
  const [closed] = await bench.depot.call('technician', 'order.list', { openOnly: false, limit: 10 });
  assert.deepEqual([closed?.id, closed?.end], [order.id, 'station-closed']);
  await bench.open({ positions: ['1-2'] });
  bench.plug('VU-0001');
  assert.equal((await bench.plugAndUpdate('VU-0002', '1-2')).serial, 'VU-0002');
  assert.equal((await bench.jobs()).length, 1);
});

test('REQ-OTA-USB-03 REQ-OTA-AUD-03 where the event of a start cannot be written, nothing is started', async (t) => {
  const bench = await OrderBench.set(t);
  await bench.open();
  const sql = `CREATE TRIGGER no_start BEFORE INSERT ON audit_event WHEN NEW.leaf ->> '$.type' = 'order.unit-started'
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`;
  const database = new Database(join(bench.depot.options.dataFolder, 'station.db'));
  database.exec(sql);
  const warned = new Promise((resolve) => process.once('warning', resolve));
  const unit = bench.depot.bench.unit('VU-0001');
  const asked: string[] = [];
  const control = unit.control.bind(unit);
  unit.control = (setup, data) => {
    asked.push(setup.type);
    return control(setup, data);
  };
  bench.plug('VU-0001');
  await warned;
  assert.deepEqual(await bench.jobs(), []);
  assert.deepEqual(asked, [], 'the unit was spoken to');
  bench.unplug('VU-0001');
  database.exec('DROP TRIGGER no_start');
  database.close();
  assert.equal((await bench.plugAndUpdate('VU-0001')).state, 'confirmed', 'the order itself still holds');
});

test('REQ-OTA-USB-03 of two units with one serial an order starts the first, and leaves the other to a person', async (t) => {
  const bench = await OrderBench.set(t, 2, undefined, true);
  await bench.open({ positions: ['1-1', '1-2'] });
  const first = await bench.plugAndUpdate('VU-0001');
  assert.equal(first.state, 'confirmed');
  const { code, reason, position } = await bench.plugInVain('VU-0002', '1-2');
  assert.deepEqual([code, position], ['order.serial-elsewhere', '1-2']);
  assert.match(reason, /also at position 1-1/);
  assert.equal((await bench.jobs()).length, 1);
});
