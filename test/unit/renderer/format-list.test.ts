import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatList } from '../../../renderer/words/format-list.ts';

test('several things are listed as the language writes them', () => {
  assert.equal(formatList('en', ['Port 1-1', 'Port 1-2', 'Port 1-3']), 'Port 1-1, Port 1-2 and Port 1-3');
  assert.equal(formatList('de', ['Port 1-1', 'Port 1-2', 'Port 1-3']), 'Port 1-1, Port 1-2 und Port 1-3');
  assert.equal(formatList('en', ['approver', 'administrator'], 'or'), 'approver or administrator');
  assert.equal(formatList('de', ['Freigabe', 'Administration'], 'or'), 'Freigabe oder Administration');
  assert.equal(formatList('en', ['WO-1']), 'WO-1');
  assert.equal(formatList('en', []), '');
});
