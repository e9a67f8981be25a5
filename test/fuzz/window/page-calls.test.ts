import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isErrorCode } from '../../../contract/error-code.ts';
import { operations } from '../../../contract/operations.ts';
import { windowOperations } from '../../../contract/window/window-operations.ts';
import { password } from '../../helpers/virtual-depot.ts';
import { ShellBench } from '../../helpers/shell-bench.ts';

const names = [...Object.keys(operations), ...Object.keys(windowOperations)];
const people = ['administrator', 'technician', 'approver', 'auditor', null] as const;

/** Calls that change who is logged in are left to tests of their own: the property says who it is. */
const changesWho = new Set([
  'session.login',
  'session.logout',
  'operator.change-password',
  'window.lock',
  'window.unlock',
]);

/** What anybody may learn at a locked window. */
const whileLocked = new Set([
  'station.status',
  'window.begin',
  'window.glance',
  'window.set-preferences',
  'window.about',
  'window.set-up',
]);

/** What the shell asks by itself after a log-in, and may still be asking when the lock comes. */
const byItself = new Set(['station.status', 'update.list', 'order.list', 'device.watch']);

test('REQ-OTA-UI-02 REQ-OTA-OPR-02 whatever a page sends as anybody is answered or refused by code, without token, path or secret', async (t) => {
  const bench = await ShellBench.set(t);
  const digest = await bench.depot.approved();
  const { folder } = bench.depot;
  // A real choice of a file, which must not be good for anything but what it was chosen for.
  const tickets = await bench.shell.drop([bench.depot.bundle()], 'bundle');
  assert.equal(tickets.ok, false, 'nobody is logged in yet');

  const plausible = fc.constantFrom(
    digest,
    '1-1',
    'install',
    `${folder}/data/station.key`,
    '/etc/passwd',
    `ticket:${'A'.repeat(43)}`,
    'x'.repeat(5000),
    '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    password,
  );
  const keys = fc.constantFrom(...new Set(names.flatMap(inputKeys)), '__proto__', 'constructor', 'toString');
  const odd = fc.constantFrom<unknown>(
    new Map([['path', 1]]),
    new Date(0),
    new Uint8Array(64),
    Array.from({ length: 30_000 }, () => 0),
    'x'.repeat(3_000_000),
    Number.NaN,
    10n,
    undefined,
  );
  const value = fc.oneof(plausible, odd, fc.anything({ maxDepth: 2 }), fc.constant(null));
  const input = fc.oneof(fc.dictionary(keys, value, { maxKeys: 8 }), odd, fc.anything({ maxDepth: 3 }));
  const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.anything() });
  const who = fc.tuple(fc.constantFrom(...people), fc.boolean());

  const reached = t.mock.method(bench.depot.station, 'call');
  let now: string | null = null;
  await fc.assert(
    fc.asyncProperty(fc.tuple(who, name, input), async ([[person, locked], called, given]) => {
      if (typeof called === 'string' && changesWho.has(called)) return;
      if (person !== now) {
        if (person === null) await bench.call('session.logout', {});
        else await bench.logIn(person);
        now = person;
      }
      if (locked) bench.shell.lock();
      reached.mock.resetCalls();
      const answer = await bench.shell.call(called, given);
      const calls = reached.mock.calls.map((one): string => one.arguments[0]).filter((one) => !byItself.has(one));
      if (locked && person !== null) assert.deepEqual(calls, [], 'behind the lock');
      const text = JSON.stringify(answer);
      if (!answer.ok) assert.ok(isErrorCode(answer.code), answer.code);
      const isOpen = person === null || !locked;
      if (!isOpen && !whileLocked.has(String(called))) assert.equal(answer.ok, false, `${String(called)} while locked`);
      if (person === null && typeof called === 'string' && isSession(called)) assert.equal(answer.ok, false, called);
      assert.ok(!text.includes(folder), `a path is told by ${String(called)}`);
      for (const token of bench.depot.tokens.values()) assert.ok(!text.includes(token));
      if (!text.includes('"training":{'))
        assert.ok(!text.includes(password), `a password is told by ${String(called)}`);
      if (locked && person !== null) {
        const unlocked = await bench.call('window.unlock', { password });
        assert.ok(unlocked.ok, unlocked.ok ? '' : unlocked.reason);
      }
    }),
    { seed: 20261129, numRuns: 600 },
  );
  assert.deepEqual(bench.faults, [], 'no call meets a fault of the program');
  assert.ok(
    bench.sent.every(({ event }) => !JSON.stringify(event).includes(password) || event.type === 'window.state'),
  );
  assert.equal((await bench.depot.call('auditor', 'audit.verify', {})).intact, true);
});

function isSession(name: string): boolean {
  const { access } = { access: 'session', ...operationOf(name) };
  return access !== 'public';
}

function operationOf(name: string): { readonly access: string; readonly input: object } | undefined {
  return { ...operations, ...windowOperations }[name as keyof typeof operations];
}

function inputKeys(name: string): string[] {
  const input = operationOf(name)?.input;
  return input !== undefined && 'entries' in input ? Object.keys(input.entries as object) : [];
}
