import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedImage } from '../../helpers/virtual-depot.ts';
import { OrderBench, workOrder } from './order-bench.ts';

const failing = signedImage(2, { description: { selfTests: [{ name: 'pump', passes: false, detail: '' }] } });

test('REQ-OTA-USB-03 the next unit at a position starts by itself, and so does the one after it', async (t) => {
  const bench = await OrderBench.set(t);
  const order = await bench.open();
  const first = await bench.plugAndUpdate('VU-0001');
  assert.deepEqual(
    [first.state, first.serial, first.workOrder],
    ['confirmed', 'VU-0001', workOrder],
    String(first.reason),
  );
  assert.equal(first.executedBy.username, 'technician');
  bench.unplug('VU-0001');
  const second = await bench.plugAndUpdate('VU-0002');
  assert.deepEqual([second.state, second.serial], ['confirmed', 'VU-0002'], String(second.reason));

  const [listed] = await bench.depot.call('technician', 'order.list', { openOnly: true, limit: 10 });
  assert.deepEqual(
    listed?.started.map(({ jobId, serial, state }) => [jobId, serial, state]),
    [
      [first.id, 'VU-0001', 'confirmed'],
      [second.id, 'VU-0002', 'confirmed'],
    ],
  );
  const started = await bench.events('order.unit-started');
  assert.deepEqual(
    started.map(({ actor, subject }) => [actor.kind, subject['order'], subject.job, subject.unit]),
    [
      ['station', order.id, first.id, 'VU-0001'],
      ['station', order.id, second.id, 'VU-0002'],
    ],
  );
  const [opened] = await bench.events('order.opened');
  assert.deepEqual([opened?.actor.kind, opened?.data['positions']], ['operator', ['1-1']]);
});

test('REQ-OTA-USB-03 a unit that is plugged in again after its update is not updated twice, and that is said once', async (t) => {
  const bench = await OrderBench.set(t);
  await bench.open();
  await bench.plugAndUpdate('VU-0001');
  for (let again = 0; again < 3; again += 1) {
    bench.unplug('VU-0001');
    const { code, reason } = await bench.plugInVain('VU-0001');
    assert.equal(code, 'order.unit-done');
    assert.match(reason, /VU-0001 was brought to this firmware under work order WO-2026-0815 already/);
  }
  assert.equal((await bench.jobs()).length, 1);
  const withheld = await bench.events('order.unit-withheld');
  assert.deepEqual(
    withheld.map(({ code, outcome, actor }) => [code, outcome, actor.kind]),
    [['order.unit-done', 'refused', 'station']],
  );
});

test('REQ-OTA-USB-03 a unit that was done by hand, or under an order before, is done as well', async (t) => {
  const bench = await OrderBench.set(t);
  bench.plug('VU-0001');
  assert.equal((await bench.depot.update(bench.digest)).state, 'confirmed');
  bench.unplug('VU-0001');
  await bench.open();
  assert.equal((await bench.plugInVain('VU-0001')).code, 'order.unit-done');
});

test('REQ-OTA-USB-03 a unit that failed under an order is not started again by itself, the next one is', async (t) => {
  const bench = await OrderBench.set(t, 2, failing);
  await bench.open();
  assert.equal((await bench.plugAndUpdate('VU-0001')).state, 'reverted');
  bench.unplug('VU-0001');
  const { code, reason } = await bench.plugInVain('VU-0001');
  assert.equal(code, 'order.unit-failed');
  assert.match(reason, /ended as reverted/);
  bench.unplug('VU-0001');
  assert.equal((await bench.plugAndUpdate('VU-0002')).serial, 'VU-0002');
  assert.equal((await bench.jobs()).length, 2);
});

test('REQ-OTA-USB-03 a unit that stands there already is started only where that was asked for', async (t) => {
  const waiting = await OrderBench.set(t);
  waiting.plug('VU-0001');
  await waiting.open();
  waiting.unplug('VU-0001');
  assert.equal((await waiting.plugAndUpdate('VU-0002')).serial, 'VU-0002');
  assert.equal((await waiting.jobs()).length, 1);

  const present = await OrderBench.set(t);
  present.plug('VU-0001');
  const { started } = await present.open({ startPresent: true });
  assert.deepEqual(
    started.map(({ serial }) => serial),
    ['VU-0001'],
  );
});

test('REQ-OTA-USB-03 a unit that comes while another job works at the position starts when that one has ended', async (t) => {
  const bench = await OrderBench.set(t);
  await bench.open();
  let swapped = false;
  bench.depot.station.subscribe((event) => {
    if (event.type !== 'job.progress' || swapped) return;
    swapped = true;
    bench.unplug('VU-0001');
    bench.plug('VU-0002');
  });
  const first = await bench.plugAndUpdate('VU-0001');
  assert.equal(first.state, 'failed', 'its unit was taken away');
  const second = await bench.next((event) =>
    event.type === 'job.written' && event.job.state === 'confirmed' ? event.job : null,
  );
  assert.equal(second.serial, 'VU-0002');
});

test('REQ-OTA-USB-03 an order is for so many units, and ends with the last', async (t) => {
  const bench = await OrderBench.set(t, 2);
  const order = await bench.open({ units: 1 });
  await bench.plugAndUpdate('VU-0001');
  const [closed] = await bench.depot.call('technician', 'order.list', { openOnly: false, limit: 10 });
  assert.deepEqual([closed?.id, closed?.end], [order.id, 'units-started']);
  const refusal = await bench.depot.refusal('technician', 'order.close', { id: order.id });
  assert.equal(refusal.code, 'order.closed');
});

test('REQ-OTA-USB-03 what can not be ordered is refused, with the reason', async (t) => {
  const bench = await OrderBench.set(t);
  const { depot } = bench;
  const codeOf = async (changes: Parameters<OrderBench['wish']>[0]) =>
    (await depot.refusal('technician', 'order.open', bench.wish(changes))).code;
  assert.equal(await codeOf({ bundleDigest: 'ab'.repeat(32) }), 'update.bundle-unknown');
  assert.equal(await codeOf({ endsAt: depot.clock.now().toISOString() }), 'order.end-invalid');
  assert.equal(await codeOf({ endsAt: '2027-01-01T00:00:00.000Z' }), 'order.end-invalid');
  assert.equal(await codeOf({ positions: [] }), 'station.input-invalid');
  assert.equal(await codeOf({ positions: ['Nowhere'] }), 'device.place-unknown');
  await bench.open({ positions: ['1-2', '1-1'] });
  assert.equal(await codeOf({}), 'order.position-taken');
  const missing = await depot.refusal('technician', 'order.close', { id: '00000000-0000-4000-8000-000000000000' });
  assert.equal(missing.code, 'order.unknown');
  for (const who of ['approver', 'auditor', 'administrator']) {
    assert.equal((await depot.refusal(who, 'order.open', bench.wish())).code, 'station.permission-denied');
  }
});

test('REQ-OTA-USB-03 after an operator has closed an order nothing starts by itself', async (t) => {
  const bench = await OrderBench.set(t);
  const first = await bench.open();
  const closed = await bench.depot.call('technician', 'order.close', { id: first.id });
  assert.deepEqual([closed.end, closed.closedAt === null], ['by-operator', false]);
  // A second order at another position hears of what comes, which shows that the unit at the first one was passed over.
  await bench.open({ positions: ['1-2'] });
  bench.plug('VU-0001');
  assert.equal((await bench.plugAndUpdate('VU-0002', '1-2')).serial, 'VU-0002');
  assert.equal((await bench.jobs()).length, 1);
});

test('REQ-OTA-POL-02 REQ-OTA-USB-03 when the approval expires an order stays open, says so of each unit that comes, and goes on after a new one', async (t) => {
  const bench = await OrderBench.set(t);
  const { depot } = bench;
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ approvals: { ...document.approvals, validForHours: 1 } });
  await depot.approve(bench.digest);
  const order = await bench.open();
  depot.clock.advance(61 * 60_000);
  const withheld = await bench.plugInVain('VU-0001');
  assert.equal(withheld.code, 'policy.approvals-missing');
  assert.match(withheld.reason, /expired.*stays open.*plug the unit in again/);
  await depot.login('auditor');
  const none = await depot.call('auditor', 'update.list', { openOnly: false, serial: null, before: null, limit: 10 });
  assert.deepEqual(none, []);
  const [still] = await depot.call('auditor', 'order.list', { openOnly: true, limit: 10 });
  assert.deepEqual([still?.id, still?.started], [order.id, []]);

  await depot.login('approver');
  await depot.approve(bench.digest);
  bench.unplug('VU-0001');
  const job = await bench.plugAndUpdate('VU-0001');
  assert.equal(job.state, 'confirmed', `${String(job.code)}: ${String(job.reason)}`);
});
