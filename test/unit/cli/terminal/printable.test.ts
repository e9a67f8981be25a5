import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeDocuments } from '../../../../cli/terminal/describe-documents.ts';
import { printable, printableLines } from '../../../../cli/terminal/printable.ts';

test('text of foreign origin cannot move the cursor, reorder a line or hide in it', () => {
  assert.equal(printable('Pumpe für Zürich 中文'), 'Pumpe für Zürich 中文');
  assert.equal(printable('\u001b[2J'), '[U+001B][2J');
  assert.equal(printable('a\nb\r\u0085\u2028'), 'a[U+000A]b[U+000D][U+0085][U+2028]');
  assert.equal(printable('\u202egnp.exe\u200b'), '[U+202E]gnp.exe[U+200B]');
  assert.deepEqual(printableLines('one\r\ntwo\tthree\u0007'), ['one', 'two  three[U+0007]']);
});

test('no text whatever leaves a control, format or separator character', () => {
  const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
    assert.doesNotMatch(printable(text), /[\p{C}\p{Zl}\p{Zp}]/u);
  });
  fc.assert(property, { seed: 20261122, numRuns: 1000 });
});

test('each line of a document stands behind a bar, so that none passes for a line of Drydock', () => {
  const document = {
    file: 'documents/n.txt',
    kind: 'release-notes',
    title: 'Notes\u001b[1A',
    mediaType: 'text/plain',
    len: 99,
    hash: 'a'.repeat(64),
  } as const;
  const text = `Fine.\n  bundle  Other pump\n${'more\n'.repeat(40)}`;
  const [head = '', ...lines] = describeDocuments([{ document, sbom: null, beginning: { text, isWhole: true } }]);
  assert.match(head, /Notes\[U\+001B\]\[1A \(documents\/n\.txt, text\/plain, 99 bytes\)/);
  assert.equal(lines.length, 21);
  for (const line of lines) assert.match(line, /^ {4}\S*│/u);
  assert.match(lines.at(-1) ?? '', /goes on/);
});
