import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations } from '../../../contract/operations.ts';
import { DiskPath } from '../../../contract/operations/input.ts';
import { Permission } from '../../../contract/permission.ts';
import { pathFields } from '../../../contract/window/path-fields.ts';
import { windowOperations } from '../../../contract/window/window-operations.ts';

interface Schema {
  readonly type?: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly Schema[];
}

/** Dotted paths of the fields that hold a path, wherever they stand in a schema. */
function findPathFields(schema: Schema, at: readonly string[] = []): string[] {
  if ((schema as unknown) === DiskPath) return [at.join('.')];
  return [
    ...Object.entries(schema.entries ?? {}).flatMap(([key, inner]) => findPathFields(inner, [...at, key])),
    ...(schema.item === undefined ? [] : findPathFields(schema.item, [...at, '*'])),
    ...(schema.wrapped === undefined ? [] : findPathFields(schema.wrapped, at)),
    ...(schema.options ?? []).flatMap((option) =>
      typeof option === 'object' && option !== null ? findPathFields(option as Schema, at) : [],
    ),
    ...(schema.pipe ?? []).filter((step) => step !== schema).flatMap((step) => findPathFields(step, at)),
  ];
}

test('REQ-OTA-UI-02 every field of an input that holds a path takes a ticket from the window', () => {
  for (const [name, { input }] of Object.entries(operations)) {
    const expected = [...new Set(findPathFields(input))].sort();
    const actual = Object.keys((pathFields as Record<string, object>)[name] ?? {}).sort();
    assert.deepEqual(actual, expected, `contract/window/path-fields.ts, ${name}`);
  }
  assert.ok(
    findPathFields(operations['trust.propose'].input).includes('packages.*.document'),
    'the search finds nested fields',
  );
});

test('REQ-OTA-OPR-02 every operation says who may call it, and only these may be called by anybody', () => {
  const all = { ...operations, ...windowOperations };
  const isPublic = ([, { access }]: [string, { access: string }]): boolean => access === 'public';
  for (const [name, { access, input }] of Object.entries(all)) {
    assert.ok(access === 'public' || access === 'session' || Permission.options.some((one) => one === access), name);
    assert.equal((input as Schema).type, 'strict_object', `${name} takes an object and no field that it does not know`);
  }
  assert.deepEqual(
    Object.entries(all)
      .filter(isPublic)
      .map(([name]) => name)
      .sort(),
    [
      'session.login',
      'station.initialise',
      'station.status',
      'window.about',
      'window.begin',
      'window.choose',
      'window.glance',
      'window.inspect-log',
      'window.set-preferences',
      'window.set-up',
      'window.unlock',
    ],
  );
});
