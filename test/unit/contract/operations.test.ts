import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { operations, operationTables, type OperationName } from '../../../contract/operations.ts';
import { Permission } from '../../../contract/permission.ts';
import { errorCodes } from '../../../contract/error-code.ts';

const names = Object.keys(operations) as OperationName[];

test('REQ-OTA-OPR-02 every operation names who may call it, and both of its schemas', () => {
  for (const name of names) {
    const { access, input, output } = operations[name];
    assert.ok(access === 'public' || access === 'session' || Permission.options.includes(access), name);
    assert.equal(input.kind, 'schema', name);
    assert.equal(output.kind, 'schema', name);
  }
});

test('no two rooms have an operation of the same name, of which one would silently win', () => {
  const everyRooms = operationTables.flatMap((table) => Object.keys(table));
  assert.deepEqual(everyRooms, names);
});

test('REQ-OTA-OPR-02 only what is needed before anybody is logged in is public', () => {
  assert.deepEqual(
    names.filter((name) => operations[name].access === 'public'),
    ['station.status', 'station.initialise', 'session.login'],
  );
});

test('an input with a key that its operation does not know is refused by every operation', () => {
  for (const name of names) {
    const parsed = v.safeParse(operations[name].input, { surprise: true });
    assert.ok(!parsed.success, name);
  }
});

test('every error code reads room.check and has a sentence that names the check', () => {
  for (const [code, meaning] of Object.entries(errorCodes)) {
    assert.match(code, /^[a-z]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)$/);
    assert.match(meaning, /^\S.*\.$/);
  }
});
