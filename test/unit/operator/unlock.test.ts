import assert from 'node:assert/strict';
import { test } from 'node:test';
import { password, VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-OPR-01 the password entered again unlocks the same session, and a wrong one counts as at login', async (t) => {
  const depot = await VirtualDepot.set(t);
  const wrong = await depot.refusal('technician', 'session.unlock', { password: 'not the password of anybody' });
  assert.equal(wrong.code, 'operator.password-wrong');
  assert.equal((await depot.refusal('technician', 'session.unlock', { password })).code, 'operator.throttled');
  await depot.clock.sleep(60_000);
  const session = await depot.call('technician', 'session.unlock', { password });
  assert.equal(session.operator.username, 'technician');
  assert.equal((await depot.refusal(null, 'session.unlock', { password })).code, 'station.not-logged-in');
  await depot.call('technician', 'session.logout', {});
  assert.equal((await depot.refusal('technician', 'session.unlock', { password })).code, 'station.not-logged-in');
});
