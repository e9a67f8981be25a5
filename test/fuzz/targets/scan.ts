import assert from 'node:assert/strict';
import * as v from 'valibot';
import { ScanReading } from '../../../contract/schema/scan.ts';
import { readScan } from '../../../core/scan/read-scan.ts';
import { elementTable } from '../../helpers/scan-vectors.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const rules = { elements: elementTable, thisYear: 2026 };

/** What a code reader sends. What is read as element strings is printed so that it reads back as the same ones. */
export const target: FuzzTarget = {
  seeds: () =>
    [
      ']d201095011015300031727120010AB-123\x1d1126011521A7',
      '(01)09501101530003(17)271200(10)AB\\(1)(21)A7',
      '010950110153000321A7',
      ']E02112345678900',
      '+A123BJC5D6E71/$$52001510X3C',
      '+$$52001510X3GD',
      '+A999BJC5D6E71/$$3280928LOT1/SSERIAL1/16D202601026',
      '+A999BJC5D6E71/$$900250328092810X3P',
      ']d2800302112345678900ABC',
      'WO-4711',
    ].map((text) => Buffer.from(text, 'latin1')),
  shapes: ['text'],
  dictionary: [']C1', ']Q3', ']E4', '\x1d', '(', '\\(', '+', '$$+', '/14D', '8006', '3103', '423'],
  run(input) {
    const reading = readScan(Buffer.from(input).toString('latin1').slice(0, 1024), rules);
    checkRefusal(reading);
    if (!reading.ok) return;
    const { elements, kind, text } = v.parse(ScanReading, reading.value);
    assert.equal(kind === 'gs1', elements.length > 0, 'a GS1 code without elements');
    if (kind !== 'gs1') return;
    const again = readScan(text, rules);
    assert.ok(again.ok, 'the printed form does not read');
    assert.deepEqual(again.value.elements, elements);
    assert.deepEqual(again.value.fields, reading.value.fields);
  },
};
