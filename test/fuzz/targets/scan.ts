import assert from 'node:assert/strict';
import { readScan } from '../../../core/update/scan/read-scan.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const now = new Date('2026-06-01T00:00:00Z');
const texts = [
  ']d2010950110153000310AB-123\x1d1727020021SN-7',
  '(01)09501101530003(17)150119(10)AB-123',
  '+A999BJC5D6E71/$$3280928LOT1/SSERIAL1/16D202601026',
  '+$$52001510X3GD',
  'WO-2026-0815',
];

/** A scan: text in, a reading or a refusal out; what reads as GS1 reads the same from its own printed form. */
export const target: FuzzTarget = {
  seeds: () => texts.map((text) => Buffer.from(text)),
  shapes: ['text'],
  run: (input) => {
    const read = readScan(Buffer.from(input).toString('latin1'), now);
    checkRefusal(read);
    if (!read.ok || read.value.form !== 'gs1' || /[(\\]/.test(read.value.text.replaceAll(/\(\d{2,4}\)/g, ''))) return;
    const again = readScan(read.value.text, now);
    assert.ok(again.ok, read.value.text);
    assert.deepEqual(again.value, read.value);
  },
};
