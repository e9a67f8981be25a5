import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { ScanReading } from '../../../contract/schema/scan.ts';
import { parseElementTable } from '../../../core/scan/gs1/element-table.ts';
import { readScan } from '../../../core/scan/read-scan.ts';
import { elementTable } from '../../helpers/scan-vectors.ts';

const rules = { elements: elementTable, thisYear: 2026 };

function read(text: string): ScanReading {
  const reading = readScan(text, rules);
  assert.ok(reading.ok, reading.ok ? '' : reading.reason);
  return v.parse(ScanReading, reading.value);
}

function codeOf(text: string): string | null {
  const reading = readScan(text, rules);
  return reading.ok ? null : reading.code;
}

test("a UDI fills the job's fields, however the reader sends it", () => {
  const printed = '(01)09501101530003(17)271200(10)AB-123(11)260115(21)A7';
  const joined = '0109501101530003' + '17271200' + '10AB-123\x1d' + '11260115' + '21A7';
  for (const sent of [printed, `]d2${joined}`, `]C1${joined}\r\n`, `\x1d${joined}`]) {
    const { fields, kind, marked, text, udi } = read(sent);
    assert.deepEqual({ kind, marked, text, udi }, { kind: 'gs1', marked: true, text: printed, udi: printed });
    assert.deepEqual(fields, {
      deviceIdentifier: '09501101530003',
      gtin: '09501101530003',
      serial: 'A7',
      lot: 'AB-123',
      made: '2026-01-15',
      expires: '2027-12-31',
    });
  }
});

test('digits that only look like a GS1 code are read as one and not called marked', () => {
  const { fields, kind, marked } = read('010950110153000321A7');
  assert.deepEqual([kind, marked, fields.serial], ['gs1', false, 'A7']);
});

test('digits that do not hold as a GS1 code are plain text: a work order may begin with 01', () => {
  for (const text of ['0109501101530004', '01095011015300035', 'WO-4711', '(1) see label', ']A0ABC']) {
    const { fields, kind, udi } = read(text);
    assert.equal(kind, 'plain', text);
    assert.ok(udi === null && Object.values(fields).every((field) => field === null));
  }
  assert.equal(read(']A0ABC\t').text, 'ABC');
});

test('an EAN or UPC code is a GTIN of 14 digits', () => {
  assert.equal(read(']E02112345678900').fields.gtin, '02112345678900');
  assert.equal(read(']E402345673').text, '(01)00000002345673');
  assert.equal(codeOf(']E02112345678901'), 'scan.check-digit-wrong');
  assert.equal(codeOf(']E0211234567890'), 'scan.element-invalid');
});

test('a marked code that is broken gives nothing, and says which rule it broke', () => {
  assert.equal(codeOf('(01)09501101530004'), 'scan.check-digit-wrong');
  assert.equal(codeOf('(17)270230'), 'scan.date-invalid');
  assert.equal(codeOf('(7006)270200'), 'scan.date-invalid', 'only some identifiers take day 00');
  assert.equal(codeOf('(18)1'), 'scan.element-invalid');
  assert.equal(codeOf('(21)A7(21)A8'), 'scan.contradictory');
  assert.equal(codeOf('+A123BJC5D6E71F'), 'scan.check-digit-wrong');
  assert.equal(codeOf('+a123bjc5d6e71g'), 'scan.hibc-invalid');
  assert.equal(codeOf('+A999BJC5D6E71/$$328133110X3+'), 'scan.date-invalid');
});

test('a refusal does not repeat what was scanned: it may have been a secret in the wrong field', () => {
  for (const text of ['(21)correct horse battery', '+correct horse', ']E0hunter2hunter2', '(01)09501101530004']) {
    const reading = readScan(text, rules);
    assert.ok(!reading.ok);
    assert.doesNotMatch(reading.reason, /horse|hunter|0950110/);
  }
});

test('a bracket in a value is kept, and the printed form reads back as the same elements', () => {
  const first = read('\x1d10A(B)\x1d21(01)');
  assert.equal(first.text, '(10)A\\(B)(21)\\(01)');
  assert.deepEqual(read(first.text).elements, first.elements);
});

test("a code that is longer than the job's field gives its fields and no udi", () => {
  const { fields, udi } = read(
    `]d20109501101530003${['91', '92'].map((ai) => `${ai}${'X'.repeat(80)}\x1d`).join('')}21A7`,
  );
  assert.equal(fields.serial, 'A7');
  assert.equal(udi, null);
});

test('any text gives a reading of its schema or a refusal, and element strings read back as themselves', () => {
  const pieces = fc.constantFrom(
    ']d2',
    '\x1d',
    '(01)',
    '01',
    '09501101530003',
    '(21)',
    '21',
    '+',
    'A123',
    '$$',
    '/S',
    '\\(',
  );
  const texts = fc.array(fc.oneof(pieces, fc.string({ maxLength: 12, unit: 'binary' })), { maxLength: 12 });
  fc.assert(
    fc.property(texts, (parts) => {
      const reading = readScan(parts.join('').slice(0, 1024), rules);
      if (!reading.ok) return;
      const { elements, text } = v.parse(ScanReading, reading.value);
      if (elements.length > 0) assert.deepEqual(read(text).elements, elements);
    }),
    { numRuns: 2000 },
  );
});

test('a line of the dictionary that is not understood is a fault of the program', () => {
  for (const line of ['1x  *?  N18  # WHAT', '01 *? N18,  # X', '01']) {
    assert.throws(() => parseElementTable(`${line}\n`), TypeError, line);
  }
  assert.ok(elementTable.size > 400);
});

/** An HIBC code with its check character: the sum of the characters' values modulo 43. */
function hibc(body: string): string {
  const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';
  const sum = Array.from(`+${body}`).reduce((total, character) => total + characters.indexOf(character), 0);
  return `+${body}${characters.charAt(sum % 43)}`;
}

test('a year of two digits is at most 50 years ahead and 49 behind', () => {
  const made = (year: string): string | null => read(`(01)09501101530003(11)${year}0115`).fields.made;
  assert.deepEqual(['75', '76', '77', '25'].map(made), ['2075-01-15', '2076-01-15', '1977-01-15', '2025-01-15']);
  const in2060 = { ...rules, thisYear: 2060 };
  const years = ['10', '11'].map((year) => {
    const reading = readScan(`(01)09501101530003(11)${year}0115`, in2060);
    return reading.ok ? reading.value.fields.made : reading.code;
  });
  assert.deepEqual(years, ['2110-01-15', '2011-01-15']);
});

test('the dates of an HIBC code are days of the calendar, and its hours are hours of a day', () => {
  for (const [secondary, expires] of [
    ['$$2022826LOT', '2026-02-28'],
    ['$$426022823LOT', '2026-02-28'],
    ['$$62605923LOT', '2026-02-28'],
  ] as const) {
    const { fields } = read(hibc(`A999BJC5D6E71/${secondary}`));
    assert.deepEqual([fields.expires, fields.lot], [expires, 'LOT'], secondary);
  }
  for (const secondary of ['$$2020026LOT', '$$2022926LOT', '$$426022824LOT', '$$62605924LOT', '$$526000LOT'])
    assert.equal(codeOf(hibc(`A999BJC5D6E71/${secondary}`)), 'scan.date-invalid', secondary);
});

test('secondary data in an HIBC code of its own gives its fields and no device', () => {
  const { fields, udi } = read(hibc('$$+3260228A7X'));
  assert.deepEqual(fields, {
    deviceIdentifier: null,
    gtin: null,
    serial: 'A7',
    lot: null,
    made: null,
    expires: '2026-02-28',
  });
  assert.equal(udi, null);
});

test('an HIBC code that states a serial number twice, and not alike, gives nothing', () => {
  assert.equal(read(hibc('A999BJC5D6E71/$+A7/SA7')).fields.serial, 'A7');
  assert.equal(codeOf(hibc('A999BJC5D6E71/$+A7/SA8')), 'scan.contradictory');
});
