import assert from 'node:assert/strict';
import { parseStrictJson } from '../../../core/strict-json.ts';
import { fixtureManifest } from '../../helpers/signed-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const texts = [
  '{"a":[1,2.5,-3e2,"x\\u00e9\\ud83d\\ude00",true,false,null,{}],"b":{"c":{"d":[[]]}}}',
  '{"a":1,"a":2}',
  '[9007199254740993]',
  '"\\ud800"',
  ' [ ] ',
];

/** What is accepted is JSON to any reader, with the same value. */
export const target: FuzzTarget = {
  seeds: () => [...texts.map((text) => Buffer.from(text)), fixtureManifest],
  shapes: ['json', 'text'],
  dictionary: [
    '\ufeff',
    '"__proto__":1',
    '\\u',
    '1e309',
    '-0.0',
    '0.1e-7',
    '\u2028',
    ',',
    '[[[[[[[[',
    '{"a":{"a":{"a":',
  ],
  run(input) {
    const json = parseStrictJson(input, {
      maxBytes: 8192,
      maxDepth: 12,
      code: 'bundle.manifest-invalid',
      what: 'The text',
    });
    checkRefusal(json);
    if (!json.ok) return;
    const text = Buffer.from(input).toString('utf8');
    assert.deepEqual(json.value, JSON.parse(text));
    assert.ok(text.isWellFormed());
  },
};
