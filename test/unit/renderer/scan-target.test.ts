import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScannedFields, ScanReading } from '../../../contract/schema/scan.ts';
import { scanReasons } from '../../../renderer/features/bench/scan-words.ts';
import { aimScan, type ScannedUnit, type ScanScene } from '../../../renderer/features/bench/scan-target.ts';

const pump = unit('1-1', 'PUMP-0401');
const other = unit('1-2', 'PUMP-0402');

function unit(position: string, serial: string | null, more: Partial<ScannedUnit> = {}): ScannedUnit {
  return { position, serial, isBusy: false, deviceIdentifier: null, ...more };
}

function plain(text: string): ScanReading {
  return { kind: 'plain', marked: false, text, elements: [], fields: fields({}), udi: null };
}

function fields(given: Partial<ScannedFields>): ScannedFields {
  return { deviceIdentifier: null, gtin: null, serial: null, lot: null, made: null, expires: null, ...given };
}

/** A GS1 label with a product, and a serial number where one is given. */
function label(serial: string | null, gtin: string | null = '09506000134352', marked = true): ScanReading {
  const text = `(01)${gtin ?? ''}(21)${serial ?? ''}`;
  const given = fields({ deviceIdentifier: gtin, gtin, serial });
  return { kind: 'gs1', marked, text, elements: [], fields: given, udi: gtin === null ? null : text };
}

function scene(more: Partial<ScanScene> = {}): ScanScene {
  return { aim: null, workOrder: '', current: null, isOpen: false, units: [pump, other], ...more };
}

/** What a scan does, in a line. */
function deed(reading: ScanReading, at: ScanScene): string {
  const done = aimScan(reading, at);
  if (done.does === 'refuse') return [done.code, done.said, done.found, done.at?.position].join(' | ');
  if (done.does === 'work-order') return `work order ${done.text}`;
  return done.does === 'ask' ? 'ask' : [done.does, done.at.position, 'text' in done ? done.text : ''].join(' ').trim();
}

test('REQ-OTA-UI-01 a text is the work order where none is there or its field has the focus, and else the asset tag of the chosen unit', () => {
  assert.equal(deed(plain('WO-1'), scene()), 'work order WO-1');
  assert.equal(deed(plain('WO-1'), scene({ current: pump })), 'work order WO-1');
  assert.equal(deed(plain('WO-2'), scene({ workOrder: 'WO-1' })), 'work order WO-2');
  assert.equal(deed(plain('A-7'), scene({ workOrder: 'WO-1', current: pump })), 'asset-tag 1-1 A-7');
  assert.equal(deed(plain('WO-2'), scene({ workOrder: 'WO-1', current: pump, aim: 'work-order' })), 'work order WO-2');
  // Open details say that this unit is meant, and its fields which text.
  assert.equal(deed(plain('A-7'), scene({ current: pump, isOpen: true })), 'asset-tag 1-1 A-7');
  assert.equal(deed(plain('+X'), scene({ current: pump, isOpen: true, aim: 'udi' })), 'udi 1-1 +X');
  assert.equal(deed(plain('WO-2'), scene({ current: pump, isOpen: true, aim: 'work-order' })), 'work order WO-2');
});

test('REQ-OTA-UI-01 a serial number goes to its unit, and is refused where another one is in hand', () => {
  assert.equal(deed(plain('PUMP-0402'), scene({ current: pump })), 'go 1-2');
  assert.equal(deed(plain('PUMP-0401'), scene({ current: pump, isOpen: true })), 'go 1-1');
  const inHand = scene({ current: pump, isOpen: true });
  assert.equal(deed(plain('PUMP-0402'), inHand), 'scan.serial-differs | PUMP-0402 | PUMP-0401 | 1-1');
  // An asset tag may be the serial number: the field that has the focus decides.
  assert.equal(deed(plain('PUMP-0402'), { ...inHand, aim: 'asset-tag' }), 'asset-tag 1-1 PUMP-0402');
});

test('REQ-OTA-UI-01 a label fills the UDI of the unit whose serial number it bears, and of no other', () => {
  const text = label('PUMP-0402').text;
  assert.equal(deed(label('PUMP-0402'), scene({ current: pump })), `udi 1-2 ${text}`);
  const inHand = scene({ current: pump, isOpen: true });
  assert.equal(deed(label('PUMP-0402'), inHand), 'scan.serial-differs | PUMP-0402 | PUMP-0401 | 1-1');
  assert.equal(deed(label('PUMP-9'), scene({ current: pump })), 'scan.serial-differs | PUMP-9 | PUMP-0401 | 1-1');
  assert.equal(deed(label('PUMP-9'), scene()), 'scan.serial-not-here | PUMP-9 |  | ');
  const silent = unit('1-3', null);
  assert.equal(
    deed(label('PUMP-9'), scene({ current: silent, units: [pump, silent] })),
    'scan.serial-not-here | PUMP-9 |  | ',
  );
});

test('a label whose serial number two units have is taken for the chosen one of them alone', () => {
  const twin = unit('1-3', 'PUMP-0401');
  const units = [pump, twin];
  assert.equal(deed(label('PUMP-0401'), scene({ units })), 'scan.serial-twice | PUMP-0401 |  | 1-1');
  assert.match(deed(label('PUMP-0401'), scene({ units, current: twin })), /^udi 1-3 /);
});

test('a label without a serial number is for the chosen unit, and one without a product fills nothing', () => {
  assert.equal(deed(label(null), scene()), 'scan.no-unit-chosen | 09506000134352 |  | ');
  assert.match(deed(label(null), scene({ current: pump })), /^udi 1-1 /);
  assert.equal(deed(label('PUMP-0402', null), scene()), 'go 1-2');
});

test('a second label that names another product is refused with both, and the same product is taken again', () => {
  const scanned = unit('1-1', 'PUMP-0401', { deviceIdentifier: '09506000134352' });
  const at = scene({ units: [scanned, other] });
  assert.match(deed(label('PUMP-0401'), at), /^udi 1-1 /);
  assert.equal(
    deed(label('PUMP-0401', '04012345678901'), at),
    'scan.product-differs | 04012345678901 | 09506000134352 | 1-1',
  );
});

test('the papers of a job that is not over stay, and digits that only look like a label are asked about', () => {
  const busy = unit('1-1', 'PUMP-0401', { isBusy: true });
  const at = scene({ workOrder: 'WO-1', current: busy, units: [busy, other] });
  assert.equal(deed(plain('A-7'), at), 'scan.unit-busy | A-7 |  | 1-1');
  assert.match(deed(label('PUMP-0401'), at), /^scan\.unit-busy/);
  assert.equal(deed(plain('PUMP-0401'), at), 'go 1-1');
  assert.equal(deed(label('PUMP-0401', '09506000134352', false), scene()), 'ask');
});

test('a text that no job can carry is refused', () => {
  assert.match(deed(plain('Auftrag-Ä'), scene()), /^scan\.text-unfit \| Auftrag-Ä/);
  assert.match(deed(plain('x'.repeat(129)), scene()), /^scan\.text-unfit/);
});

test('every reason names no more than what was read, what was found, and where', () => {
  for (const words of Object.values(scanReasons))
    for (const text of Object.values(words))
      for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g))
        assert.ok(['said', 'found', 'place'].includes(name), text);
});
