import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHibc } from '../../../core/scan/hibc/read-hibc.ts';
import { hibcCases } from '../../helpers/scan-vectors.ts';

const thisYear = 2026;

test('HIBC codes read as ANSI/HIBC 2.6 forms them', () => {
  assert.ok(hibcCases.length >= 28);
  for (const { expect, fields, id, input } of hibcCases) {
    const read = readHibc(input, thisYear);
    assert.equal(read.ok, expect === 'accept', `${id}: ${input}`);
    if (!read.ok || fields === undefined) continue;
    const { lic, productCode, unitOfMeasure } = fields;
    if (lic !== undefined) assert.equal(read.value.deviceIdentifier, `${lic}${productCode}${unitOfMeasure}`, id);
    else if (fields.link !== undefined) assert.equal(read.value.deviceIdentifier, null, id);
    assert.equal(read.value.lot, fields.lot ?? null, id);
    assert.equal(read.value.serial, fields.serial ?? null, id);
    assert.equal(read.value.made, fields.manufactured ?? null, id);
    // A month means its last day; an hour is nothing that a job has a field for.
    const day = fields.expiry ?? fields.date;
    const expected = day?.length === 7 ? `${day}-30` : (day?.slice(0, 10) ?? null);
    assert.equal(read.value.expires, expected, id);
  }
});
