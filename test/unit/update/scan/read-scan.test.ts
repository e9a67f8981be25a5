import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readScan } from '../../../../core/update/scan/read-scan.ts';
import { refusal, value } from '../../operator/operator-bench.ts';

const now = new Date('2026-06-01T00:00:00Z');
const read = (text: string) => value(readScan(text, now));
const gtin = '09501101530003';

test('a UDI is the same however it was read: with the prefix of a reader, with separators alone, in brackets, or without any mark', () => {
  const expected = {
    form: 'gs1',
    text: `(01)${gtin}(10)AB-123(17)270200(21)SN-7`,
    udi: `(01)${gtin}(10)AB-123(17)270200(21)SN-7`,
    gtin,
    serial: 'SN-7',
    lot: 'AB-123',
    made: null,
    expires: '2027-02-28',
  };
  for (const text of [
    `]d201${gtin}10AB-123\x1d1727020021SN-7`,
    `]C101${gtin}10AB-123\x1d1727020021SN-7\x1d`,
    `\x1d01${gtin}10AB-123\x1d1727020021SN-7`,
    `01${gtin}10AB-123\x1d1727020021SN-7`,
    `  (01)${gtin}(10)AB-123(17)270200(21)SN-7 `,
  ]) {
    assert.deepEqual(read(text), expected, JSON.stringify(text));
  }
  assert.equal(read(`01${gtin}21SN-7`).serial, 'SN-7');
});

test('any other text stays what it is', () => {
  for (const text of ['WO-2026-0815', '0112345', `01${gtin.slice(0, 13)}4`, '+1 555 0100', '(see label)', 'PUMP 7']) {
    const { form, text: kept, serial, udi } = read(text);
    assert.deepEqual([form, kept, serial, udi], ['plain', text, null, null]);
  }
  assert.equal(read(']C0PUMP-7').text, 'PUMP-7');
});

test('what claims to be GS1 and is wrong is refused, not taken for a serial number', () => {
  for (const [text, reason] of [
    [`(01)${gtin.slice(0, 13)}4`, /check digit/],
    [`(01)${gtin}(21)`, /0 characters/],
    [`(01)${gtin}(21)${'X'.repeat(21)}`, /20 characters/],
    [`(01)${gtin}(21)A(21)B`, /twice/],
    [`(01)${gtin}(17)261300`, /calendar/],
    [`(01)${gtin.slice(1)}`, /13 characters/],
    [`(05)123`, /identifier/],
    [`]d2`, /empty/],
    [`]d201${gtin.slice(3)}`, /cut off/],
    [`]d206123`, /identifier/],
    [`(01)${gtin}(21)A B`, /character/],
    ['(10)1'.repeat(40), /more than 32/],
  ] as const) {
    refusal(readScan(text, now), 'scan.gs1-invalid', reason);
  }
});

test('what claims to be HIBC and is wrong is refused by what is wrong', () => {
  refusal(readScan('+A123BJC5D6E71F', now), 'scan.hibc-invalid', /check character/);
  refusal(readScan('+A999BJC5D6E71/$$328133110X3+', now), 'scan.hibc-invalid', /date/);
});

test('elements that Drydock does not use are passed over and kept in the text', () => {
  const { serial, text } = read(`]d201${gtin}310300050091internal\x1d21SN-7`);
  assert.deepEqual([serial, text], ['SN-7', `(01)${gtin}(3103)000500(91)internal(21)SN-7`]);
});

test('an empty scan, control characters and a text without end are refused', () => {
  for (const text of ['', '  ', 'a\x07b', 'é', 'x'.repeat(2000), ']C0']) {
    refusal(readScan(text, now), 'scan.text-invalid');
  }
});
