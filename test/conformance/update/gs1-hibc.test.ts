import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as v from 'valibot';
import { hasCheckDigit } from '../../../core/update/scan/gs1-element.ts';
import { readScan } from '../../../core/update/scan/read-scan.ts';

const Expect = v.picklist(['accept', 'refuse']);
const Case = v.variant('form', [
  v.object({
    form: v.picklist(['bracketed', 'fnc1', 'scan']),
    id: v.string(),
    input: v.string(),
    expect: Expect,
    ais: v.array(v.tuple([v.string(), v.string()])),
    scan: v.optional(v.string()),
    fnc1: v.optional(v.string()),
  }),
  v.object({
    form: v.literal('date'),
    id: v.string(),
    input: v.string(),
    expect: Expect,
    iso: v.optional(v.string()),
  }),
  v.object({ form: v.literal('check-digit'), id: v.string(), input: v.string(), checkDigit: v.string() }),
]);
const Fields = v.object({
  lot: v.optional(v.string()),
  serial: v.optional(v.string()),
  expiry: v.optional(v.string()),
  date: v.optional(v.string()),
  manufactured: v.optional(v.string()),
});
const Hibc = v.object({ id: v.string(), input: v.string(), expect: Expect, fields: v.optional(Fields) });
const path = new URL('../../fixtures/gs1/gs1-hibc.json', import.meta.url);
const { cases, hibc } = v.parse(
  v.object({ cases: v.array(Case), hibc: v.array(Hibc) }),
  JSON.parse(readFileSync(path, 'utf8')),
);
/** The year for which the vectors' centuries were computed. */
const now = new Date('2026-06-01T00:00:00Z');

test('there are as many vectors as were collected', () => {
  assert.deepEqual([cases.length, hibc.length], [52, 28]);
});

for (const vector of cases) {
  test(`REQ-OTA-RPT-01 GS1 ${vector.form} ${vector.id}`, () => {
    if (vector.form === 'check-digit') {
      for (let digit = 0; digit < 10; digit += 1) {
        assert.equal(hasCheckDigit(vector.input + String(digit)), String(digit) === vector.checkDigit);
      }
      return;
    }
    if (vector.form === 'date') {
      const read = readScan(`(17)${vector.input}`, now);
      assert.equal(read.ok ? read.value.expires : null, vector.iso ?? null);
      return;
    }
    const value = (identifier: string): string | null => vector.ais.find(([ai]) => ai === identifier)?.[1] ?? null;
    const typed = vector.scan ?? (vector.form === 'fnc1' ? asScanned(vector.input) : vector.input);
    for (const text of [typed, ...(vector.fnc1 === undefined ? [] : [asScanned(vector.fnc1)])]) {
      const read = readScan(text, now);
      assert.ok(read.ok, read.ok ? '' : read.reason);
      const { form, gtin, serial, lot } = read.value;
      assert.deepEqual(
        { form, gtin, serial, lot },
        { form: 'gs1', gtin: value('01'), serial: value('21'), lot: value('10') },
      );
    }
  });
}

for (const { id, input, expect, fields } of hibc) {
  test(`REQ-OTA-RPT-01 HIBC ${id}: ${input}`, () => {
    const read = readScan(input, now);
    if (expect === 'refuse') {
      // What does not claim to be HIBC is any other text, and never taken for HIBC.
      assert.ok(!read.ok || read.value.form === 'plain');
      return;
    }
    assert.ok(read.ok, read.ok ? '' : read.reason);
    const { form, lot, serial, made, expires } = read.value;
    assert.deepEqual(
      [form, lot, serial, made],
      ['hibc', fields?.lot ?? null, fields?.serial ?? null, fields?.manufactured ?? null],
    );
    // The vectors name a month or an hour where the symbol does; the station keeps the day.
    const day = (fields?.expiry ?? fields?.date)?.slice(0, 10) ?? null;
    assert.equal(day === null ? expires : expires?.slice(0, day.length), day);
  });
}

function asScanned(fnc1: string): string {
  return fnc1.replace(/^\^/, ']d2').replaceAll('^', '\x1d');
}
