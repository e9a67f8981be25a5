import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-SIG-06 a station whose clock was set back imports nothing, however often it is asked, until the clock is right', async (t) => {
  const depot = await VirtualDepot.set(t);
  const path = depot.bundle();
  depot.clock.setWall('2026-11-22T08:00:00.000Z');
  await depot.login('administrator');
  for (const attempt of ['first', 'second']) {
    const refusal = await depot.refusal('administrator', 'bundle.import', { path });
    assert.equal(refusal.code, 'trust.clock-below-floor', attempt);
    assert.match(refusal.reason, /clock says 2026-11-22T08:00:00.000Z.*set date and time/, attempt);
  }
  depot.clock.setWall('2026-11-22T09:00:00.000Z');
  await depot.login('administrator');
  await depot.call('administrator', 'bundle.import', { path });
});

test('REQ-OTA-SIG-06 a station whose clock went more than a day forward imports nothing until an administrator vouches for the clock', async (t) => {
  const depot = await VirtualDepot.set(t);
  depot.clock.advance(3 * 24 * 3_600_000);
  const path = depot.bundle();
  await depot.login('administrator');
  for (const attempt of ['first', 'second']) {
    const refusal = await depot.refusal('administrator', 'bundle.import', { path });
    assert.equal(refusal.code, 'trust.clock-jumped', attempt);
    assert.match(refusal.reason, /accept-clock/, attempt);
  }
  await depot.restart();
  assert.equal((await depot.refusal('administrator', 'bundle.import', { path })).code, 'trust.clock-jumped');
  assert.equal((await depot.call('administrator', 'trust.show', {})).clock.refusal?.code, 'trust.clock-jumped');
  await depot.acceptClock();
  const [accepted] = await depot.call('administrator', 'audit.list', {
    before: null,
    type: 'trust.clock-accepted',
    outcome: 'done',
    limit: 1,
  });
  assert.match(JSON.stringify(accepted?.data['jump']), /"from":"2026-11-22T09.*"to":"2026-11-25T09/);
  await depot.call('administrator', 'bundle.import', { path });
});
