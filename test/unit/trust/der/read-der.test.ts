import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DerError, type DerNode, readDer } from '../../../../core/trust/der/read-der.ts';
import { readTime } from '../../../../core/trust/der/read-time.ts';
import { readNamedBits, readOid, readSmallInteger } from '../../../../core/trust/der/read-values.ts';

const limits = { maxLenBytes: 1000, maxDepth: 4, maxNodes: 20 };
const read = (hex: string): DerNode => readDer(Buffer.from(hex.replace(/\s/g, ''), 'hex'), limits);

const refused: readonly (readonly [string, string])[] = [
  ['an empty input', ''],
  ['bytes after the value', '0500 00'],
  ['an indefinite length (X.690 §10.1)', '3080 0500 0000'],
  ['a length longer than needed', '308105 0203 010203'],
  ['a length with a leading zero', '30820080'.concat('00'.repeat(128))],
  ['a length of five octets', '308500000000020500'],
  ['a length beyond the end', '3003 0500'],
  ['a length of the reserved form', '30ff'],
  ['a multi-byte tag', '1f8101 00'],
  ['an end-of-contents value', '0000'],
  ['a primitive SEQUENCE (§8.9.1)', '1000'],
  ['a constructed OCTET STRING (§10.2)', '2403 0401 00'],
  ['a constructed BIT STRING (§10.2)', '2303 0301 00'],
  ['BOOLEAN 01 (§11.1)', '010101'],
  ['an empty BOOLEAN', '0100'],
  ['an empty INTEGER (§8.3.1)', '0200'],
  ['an INTEGER with a redundant 00 (§8.3.2)', '0202 007f'],
  ['an INTEGER with a redundant ff (§8.3.2)', '0202 ff80'],
  ['an ENUMERATED with a redundant 00', '0a02 0001'],
  ['NULL with content', '0501 00'],
  ['a BIT STRING without its first octet', '0300'],
  ['a BIT STRING with 8 unused bits', '0302 08 00'],
  ['a BIT STRING with unused bits that are set (§11.2.1)', '0302 04 0f'],
  ['an empty BIT STRING with unused bits', '0301 01'],
  ['an empty OBJECT IDENTIFIER', '0600'],
  ['an OBJECT IDENTIFIER that is cut off (§8.19.2)', '0602 2a86'],
  ['a padded OBJECT IDENTIFIER (§8.19.2)', '0603 2a8001'],
  ['values nested beyond the limit', '3008 3006 3004 3002 0500'],
  ['more values than the limit', `3028${'0500'.repeat(20)}`],
  ['an input beyond the size limit', `048203e8${'00'.repeat(1000)}`],
];

for (const [title, hex] of refused) {
  test(`REQ-OTA-SIG-01 strict DER refuses ${title}`, () => assert.throws(() => read(hex), DerError));
}

test('REQ-OTA-SIG-01 strict DER gives every value as a slice of the input', () => {
  const node = read('3007 0201 05 3002 0500');
  assert.equal(Buffer.from(node.raw).toString('hex'), '300702010530020500');
  assert.deepEqual(
    node.children.map((child) => Buffer.from(child.raw).toString('hex')),
    ['020105', '30020500'],
  );
});

test('REQ-OTA-SIG-01 reads object identifiers in dotted form', () => {
  assert.equal(readOid(read('0603 551d13'), 'x'), '2.5.29.19');
  assert.equal(readOid(read('0609 2a864886f70d010701'), 'x'), '1.2.840.113549.1.7.1');
  assert.equal(readOid(read('0603 883703'), 'x'), '2.999.3');
  assert.equal(readOid(read('0601 00'), 'x'), '0.0');
});

test('REQ-OTA-SIG-01 reads small integers, and refuses negative and big ones', () => {
  assert.equal(readSmallInteger(read('0202 0080'), 'x'), 128);
  assert.throws(() => readSmallInteger(read('0201 80'), 'x'), DerError);
  assert.throws(() => readSmallInteger(read('0206 010000000000'), 'x'), DerError);
  assert.throws(() => readSmallInteger(read('0201 09'), 'x', 8), DerError);
});

test('REQ-OTA-SIG-01 reads named bits and refuses trailing zero bits (X.690 §11.2.2)', () => {
  assert.deepEqual([...readNamedBits(read('0302 05 a0'), 'x')], [0, 2]);
  assert.throws(() => readNamedBits(read('0302 00 a0'), 'x'), DerError);
  assert.throws(() => readNamedBits(read('0303 00 a000'), 'x'), DerError);
});

const timeNode = (identifier: string, text: string): DerNode =>
  read(`${identifier}${text.length.toString(16).padStart(2, '0')}${Buffer.from(text).toString('hex')}`);

const times: readonly (readonly [string, string, string | null])[] = [
  ['17', '491231235959Z', '2049-12-31T23:59:59.000Z'],
  ['17', '500101000000Z', '1950-01-01T00:00:00.000Z'],
  ['18', '20500101000000Z', '2050-01-01T00:00:00.000Z'],
  ['18', '99991231235959Z', '9999-12-31T23:59:59.000Z'],
  ['17', '240229000000Z', '2024-02-29T00:00:00.000Z'],
  ['17', '230229000000Z', null],
  ['17', '231301000000Z', null],
  ['17', '230101240000Z', null],
  ['17', '230101000060Z', null],
  ['17', '2301010000Z', null],
  ['17', '230101000000+0100', null],
  ['17', '230101000000', null],
  ['18', '20491231235959Z', null],
  ['18', '20500101000000.5Z', null],
  ['18', '205001010000Z', null],
];

for (const [identifier, text, expected] of times) {
  test(`REQ-OTA-SIG-06 the time ${text} is ${expected ?? 'refused'} (RFC 5280 §4.1.2.5)`, () => {
    if (expected === null) assert.throws(() => readTime(timeNode(identifier, text), 'x'), DerError);
    else assert.equal(readTime(timeNode(identifier, text), 'x').toISOString(), expected);
  });
}
