import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCodes } from '../../../contract/error-code.ts';
import { refusalWords } from '../../../renderer/words/refusals/refusals.ts';
import type { Words } from '../../../renderer/words/words.ts';

const codes = Object.keys(errorCodes);
const all = codes.map((code) => ({ code, words: refusalWords(code) }));

test('REQ-OTA-UI-01 every error code has a title and a next step, in each language', () => {
  assert.ok(codes.length > 400, String(codes.length));
  assert.deepEqual(
    all.filter(({ words }) => words === undefined || !('next' in words)).map(({ code }) => code),
    [],
  );
});

test('a text that is no error code has no words', () => {
  for (const code of ['', 'toString', 'constructor', '__proto__', 'update', 'update.', 'update.cancelled ']) {
    assert.equal(refusalWords(code), undefined, code);
  }
});

test('a title stands as the sentence that a card makes of it, and a next step is whole sentences', () => {
  for (const { code, words } of all) {
    assert.ok(words, code);
    for (const text of sayings(words.title)) {
      assert.match(text, /^\p{Lu}.*[^.:;,!?…]$/u, `${code}: ${text}`);
      assert.ok(text.length <= 90, `${code}: ${text}`);
    }
    for (const text of sayings(words.next)) {
      assert.match(text, /^\p{Lu}.*\.$/u, `${code}: ${text}`);
      assert.doesNotMatch(text, /!|\b(?:oops|sorry|please|invalid input|bitte )\b/iu, `${code}: ${text}`);
    }
  }
});

test('German says other words than English, with its own letters and quotes', () => {
  for (const { code, words } of all) {
    assert.ok(words, code);
    for (const [en, de] of [sayings(words.title), sayings(words.next)]) {
      assert.notEqual(de, en, code);
      assert.doesNotMatch(en, /[„äöüß]|\b(?:und|nicht|Sie)\b/u, code);
      assert.doesNotMatch(de, /\b(?:and|the|unit|not)\b/u, code);
      assert.doesNotMatch(en + de, /['"]/u, `${code}: straight quotes`);
    }
  }
});

function sayings({ en, de }: Words): readonly [en: string, de: string] {
  assert.ok(typeof en === 'string' && typeof de === 'string', 'a refusal has no arguments');
  return [en, de];
}
