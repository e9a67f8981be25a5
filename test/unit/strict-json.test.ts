import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseStrictJson } from '../../core/strict-json.ts';
import type { StrictJsonFault } from '../../core/strict-json.ts';
import type { Result } from '../../contract/result.ts';
import type { JsonValue } from '../../core/ports.ts';

const limits = { maxBytes: 4096, maxDepth: 8, code: 'station.input-invalid', what: 'manifest.json' } as const;

function parse(text: string | Uint8Array): Result<JsonValue> {
  return parseStrictJson(typeof text === 'string' ? Buffer.from(text, 'utf8') : text, limits);
}

function assertFault(text: string | Uint8Array, fault: StrictJsonFault, reason: RegExp): void {
  const result = parse(text);
  assert.ok(!result.ok, `accepted ${String(text)}`);
  assert.equal(result.code, 'station.input-invalid');
  assert.equal(result.detail?.['fault'], fault);
  assert.match(result.reason, reason);
}

test('REQ-OTA-MAN-01 reads what JSON.parse reads', () => {
  const texts = [
    'null',
    ' true\n',
    '"a\\u00e9\\n😀"',
    '[]',
    '{}',
    '[1,-2.5,1e3,0]',
    '{"a":{"b":[{"c":null}]},"":"x"}',
    '"\\ud83d\\ude00"',
  ];
  for (const text of texts) assert.deepEqual(parse(text), { ok: true, value: JSON.parse(text) as JsonValue });
});

test('REQ-OTA-MAN-01 refuses a key that stands twice in one object, also where it is escaped differently', () => {
  assertFault(
    '{"a":1,"a":1}',
    'duplicate-key',
    /^manifest\.json holds the key "a" twice in one object \(line 1, column 8\)\.$/,
  );
  assertFault('{"version":1,"vers\\u0069on":9}', 'duplicate-key', /"version" twice/);
  assertFault('[{"x":{"k":1,\n"k":2}}]', 'duplicate-key', /line 2, column 1/);
  assert.ok(parse('[{"a":1},{"a":1}]').ok);
});

test('REQ-OTA-MAN-01 refuses __proto__ and leaves prototypes alone', () => {
  assertFault('{"__proto__":{"admin":true}}', 'reserved-key', /reserved key "__proto__"/);
  const parsed = parse('{"constructor":1,"toString":2}');
  assert.ok(parsed.ok);
  assert.deepEqual(Object.keys(parsed.value as object), ['constructor', 'toString']);
  assert.equal(({} as Record<string, unknown>)['admin'], undefined);
});

test('REQ-OTA-MAN-01 refuses numbers that a double would change', () => {
  const inexact = [
    '9007199254740993',
    '-9007199254740992',
    '1e400',
    '1e-400',
    '0.1000000000000000055',
    '-0',
    '-0.0',
    '1e21',
    `1${'0'.repeat(70)}`,
    `0.${'0'.repeat(70)}`,
  ];
  for (const text of inexact) assertFault(text, 'number-inexact', /cannot be kept exactly/);
  for (const text of ['9007199254740991', '0.1', '1.50', '1e2', '12.5e1', '5e-324', '4294967295', '0e5'])
    assert.ok(parse(text).ok, text);
});

test('REQ-OTA-MAN-01 refuses what is not JSON, though a lenient reader would take it', () => {
  const wrong = [
    '',
    ' ',
    '{',
    '[1,]',
    '{"a":1,}',
    "{'a':1}",
    '{a:1}',
    '01',
    '+1',
    '.5',
    '1.',
    '0x10',
    'NaN',
    'Infinity',
    'nul',
    '"a',
    '"\t"',
    '"\\x41"',
    '"\\',
    '"\\u12"',
    '[1 2]',
    '{"a" 1}',
    '{"a"}',
    '// c\n1',
    '\u00a01',
    '1e',
    '-',
  ];
  for (const text of wrong) assertFault(text, 'syntax', /^manifest\.json /);
  assertFault('\ufeff{}', 'syntax', /byte order mark/);
  assertFault('{} {}', 'syntax', /"\{" where the end of the text is expected/);
  assertFault('{}\0', 'syntax', /the end of the text/);
});

test('REQ-OTA-MAN-01 refuses bytes that are not UTF-8 and halves of surrogate pairs', () => {
  for (const bytes of [
    [0x22, 0xff, 0x22],
    [0x22, 0xc0, 0xaf, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xff, 0xfe, 0x7b, 0x00],
  ]) {
    assertFault(Uint8Array.from(bytes), 'utf8-invalid', /not UTF-8/);
  }
  assertFault('"\\ud800"', 'lone-surrogate', /surrogate/);
  assertFault('{"\\udc00x":1}', 'lone-surrogate', /surrogate/);
});

test('REQ-OTA-MAN-01 keeps its bounds on size and depth', () => {
  assertFault(' '.repeat(4097), 'too-large', /4097 bytes long, at most 4096/);
  assert.ok(parse(`${' '.repeat(4095)}1`).ok);
  assert.ok(parse('['.repeat(8) + ']'.repeat(8)).ok);
  assertFault('['.repeat(9) + ']'.repeat(9), 'too-deep', /deeper than 8 levels/);
  assertFault('{"a":'.repeat(700), 'too-deep', /deeper than 8 levels/);
});

test('REQ-OTA-MAN-01 any JSON value survives the way there and back', () => {
  const value = fc.jsonValue({ maxDepth: 6, noUnicodeString: false });
  fc.assert(
    fc.property(value, (input) => {
      const text = JSON.stringify(input);
      const result = parseStrictJson(Buffer.from(text), { ...limits, maxBytes: 1 << 20 });
      if (result.ok) assert.equal(JSON.stringify(result.value), text);
      else
        assert.ok(
          ['number-inexact', 'reserved-key', 'lone-surrogate'].includes(String(result.detail?.['fault'])),
          result.reason,
        );
    }),
    { seed: 7, numRuns: 400 },
  );
});

test('REQ-OTA-MAN-01 whatever it accepts, JSON.parse accepts and reads alike; it never throws', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '"b":',
    '1',
    '-',
    '0.5',
    'true',
    'null',
    ' ',
    '\n',
    '\\',
    '\\u0061',
    'e',
    '\u0000',
  );
  const text = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (input) => {
      const result = parse(input);
      if (result.ok) assert.deepEqual(result.value, JSON.parse(input));
    }),
    { seed: 11, numRuns: 4000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => typeof parse(bytes).ok === 'boolean'),
    { seed: 13, numRuns: 1000 },
  );
});
