import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliBench } from './cli-bench.ts';

const initialPassword = 'handed over on another slip';

test('REQ-OTA-OPR-01 roles, disabling, enabling and sessions of an operator from the command line', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('ada');
  const roles = await bench.run(['operator', 'set-roles', 'tom', '--role', 'technician', 'approver']);
  assert.match(roles.out, /is now: technician, approver/);
  assert.equal((await bench.run(['operator', 'disable', 'tom'])).code, 2, 'a reason is asked for');
  assert.match((await bench.run(['operator', 'disable', 'tom', '--reason', 'on leave'])).out, /is disabled/);
  const enabled = await bench.run(
    ['operator', 'enable', 'tom', '--reason', 'back'],
    [initialPassword, initialPassword],
  );
  assert.match(enabled.out, /may use the account again/, enabled.err);
  assert.match((await bench.run(['operator', 'end-sessions', 'otto'])).out, /is logged out/);
  const list = await bench.run(['operator', 'list']);
  assert.match(list.out, /^tom .*technician, approver +active, initial password, last login /m);
  bench.logIn('otto');
  assert.equal((await bench.run(['second-factor', 'show'])).code, 3);
  bench.logIn('ines');
  assert.match((await bench.run(['second-factor', 'show'])).out, /You have no second factor/);
});
