import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { namePlace } from '../../../contract/plain/name-place.ts';
import { PlaceName, TypedPlace } from '../../../contract/schema/bench-place.ts';

test('REQ-OTA-USB-03 a place is called what people call it', () => {
  for (const name of ['Bench 3 left', 'Prüfplatz 3', '作業台 2', 'A/1', 'Place 16 (top)', '3 left', 'x'.repeat(64)])
    assert.ok(v.is(PlaceName, name), name);
  assert.equal(v.parse(PlaceName, '  Pru\u0308fplatz '), 'Pr\u00fcfplatz');
});

test('REQ-OTA-USB-03 no name can be taken for a number or a port path, move a cursor, or hide', () => {
  const wrong = [
    '',
    ' ',
    '3',
    '16',
    '1-2',
    '1-2.4',
    'Bench-3',
    'a  b',
    'a\tb',
    'a\u202eb',
    'a\u0007',
    '-a',
    'x'.repeat(65),
  ];
  for (const name of wrong) assert.ok(!v.is(PlaceName, name), JSON.stringify(name));
});

test('REQ-OTA-USB-03 what a person types is a port path, a number or a name, and nothing else', () => {
  for (const typed of ['1-2.4', '3', '16', 'Bench 3 left', '0a-1.2.3.4.5.6.7'])
    assert.ok(v.is(TypedPlace, typed), typed);
  for (const typed of ['', '123', 'left!', '../1-2', '1-2.4\n'])
    assert.ok(!v.is(TypedPlace, typed), JSON.stringify(typed));
});

test('a place is named beside its port path', () => {
  assert.equal(namePlace('1-2', { name: 'Left', number: null }), 'Left (1-2)');
  assert.equal(namePlace('1-2', null), '1-2');
  assert.equal(namePlace('1-2', undefined), '1-2');
});
