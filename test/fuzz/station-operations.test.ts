import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isErrorCode } from '../../contract/error-code.ts';
import { operations, type OperationName } from '../../contract/operations.ts';
import { password, VirtualDepot } from '../helpers/virtual-depot.ts';

const names = Object.keys(operations) as OperationName[];
const people = ['administrator', 'technician', 'approver', 'auditor', null] as const;

test('REQ-OTA-OPR-02 REQ-OTA-POL-03 any input to any operation as anybody gets an answer or a typed refusal, and leaves the log intact', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const plausible = fc.constantFrom(
    digest,
    '0'.repeat(64),
    '1-1',
    '9-9',
    'install',
    '../../etc/passwd',
    '',
    'x'.repeat(5000),
    '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    'WO-1',
  );
  const keys = fc.constantFrom(...new Set(names.flatMap((name) => inputKeys(name))), '__proto__', 'constructor');
  const value = fc.oneof(plausible, fc.anything({ maxDepth: 2 }), fc.integer(), fc.constant(null));
  const input = fc.oneof(fc.dictionary(keys, value, { maxKeys: 8 }), fc.anything({ maxDepth: 3 }));
  const calls = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...people), input);

  await fc.assert(
    fc.asyncProperty(calls, async ([name, who, given]) => {
      // What ends the session or the account that the next calls need is left out; it has tests of its own.
      if (name === 'session.logout' || name === 'report.export') return;
      const answer = await depot.station.call(name, given, who === null ? null : (depot.tokens.get(who) ?? null));
      if (!answer.ok) assert.ok(isErrorCode(answer.code), answer.code);
      assert.ok(!JSON.stringify(answer).includes(password));
    }),
    { seed: 20261122, numRuns: 400 },
  );
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
});

function inputKeys(name: OperationName): string[] {
  const { input } = operations[name];
  return 'entries' in input ? Object.keys(input.entries) : [];
}
