import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ariaKeys, isBareCharacter, matches, nameKeys, type KeyPress } from '../../../renderer/keyboard/keys.ts';
import { formatRoute, parseRoute } from '../../../renderer/router/parse-route.ts';
import { moveRow, tableWindow } from '../../../renderer/design/table-window.ts';

const none: KeyPress = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('REQ-OTA-UI-01 keys match with Ctrl, and with ⌘ on a Mac', () => {
  const ctrl = { ...none, key: 'l', code: 'KeyL', ctrlKey: true };
  const command = { ...none, key: 'l', code: 'KeyL', metaKey: true };
  assert.deepEqual([matches('Mod+L', ctrl, false), matches('Mod+L', command, false)], [true, false]);
  assert.deepEqual([matches('Mod+L', ctrl, true), matches('Mod+L', command, true)], [false, true]);
  assert.equal(matches('Mod+L', { ...ctrl, shiftKey: true }, false), false);
  assert.equal(matches('Mod+L', { ...ctrl, altKey: true }, false), false);
});

test('the row of digits works on a keyboard that has other characters there', () => {
  assert.equal(matches('Mod+1', { ...none, key: '&', code: 'Digit1', ctrlKey: true }, false), true);
});

test('a bare character counts by what is typed, with or without Shift', () => {
  assert.equal(matches('?', { ...none, key: '?', code: 'Minus', shiftKey: true }, false), true);
  assert.equal(matches('?', { ...none, key: '?', code: 'KeyM' }, false), true);
  assert.deepEqual(['?', 'F1', 'Mod+1'].map(isBareCharacter), [true, false, false]);
});

test('keys are named as they stand on the keyboard of the language', () => {
  assert.equal(nameKeys('Mod+Enter', 'en', false), 'Ctrl Enter');
  assert.equal(nameKeys('Mod+Enter', 'de', false), 'Strg Eingabe');
  assert.equal(nameKeys('Mod+L', 'de', true), '⌘ L');
  assert.equal(ariaKeys('Mod+L', false), 'Control+L');
});

test('a route is read as it was written, and what cannot be read is the start', () => {
  assert.deepEqual(parseRoute(formatRoute('history', 'a/b', 'ü ?')), { feature: 'history', rest: ['a/b', 'ü ?'] });
  assert.deepEqual(parseRoute(''), { feature: '', rest: [] });
  assert.deepEqual(parseRoute('#/%zz'), { feature: '', rest: [] });
});

test('of a long list only what is near the view is in the page', () => {
  assert.deepEqual(tableWindow(5000, 48_000, { row: 48, view: 480 }), { first: 994, end: 1016 });
  assert.deepEqual(tableWindow(3, 0, { row: 48, view: 480 }), { first: 0, end: 3 });
  assert.deepEqual(tableWindow(0, 0, { row: 48, view: 480 }), { first: 0, end: 0 });
});

test('arrows and pages move inside the list and not beyond it', () => {
  assert.deepEqual(
    ['ArrowDown', 'ArrowUp', 'PageDown', 'Home', 'End', 'x'].map((key) => moveRow(key, 2, 5, 10)),
    [3, 1, 4, 0, 4, undefined],
  );
  assert.equal(moveRow('ArrowDown', 0, 0, 10), undefined);
});
