import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readScan } from '../../../core/scan/read-scan.ts';
import { readBracketedElements, readJoinedElements } from '../../../core/scan/gs1/read-element-strings.ts';
import { fitsCheckDigit } from '../../../core/scan/check-digit.ts';
import { cases, elementTable, type ScanCase } from '../../helpers/scan-vectors.ts';

/** Rules of GS1's for contents that fill no field of a job: Drydock does not check them (core/scan/README.md). */
const uncheckedErrors: ReadonlySet<string> = new Set([
  'badCSET64padding',
  'zeroRequired',
  'UnknownCountry',
  'badPercentChars',
  'badPercentEscape',
  'badImporterIndex',
  'zeroNotPermitted',
  'badWinding',
  'badPieceNumber',
  'badPieceTotal',
  'pieceExceedsTotal',
  'badHour',
  'badMinute',
  'badSecond',
  'badZeroPrefix',
  'badAlphaCheckCharacters',
  'UnknownCSET32Character',
  'alphaTooShort',
  'exclusiveAIs',
  'missingAIs',
]);
const uncheckedRules: ReadonlySet<string> = new Set([
  'mutually exclusive',
  'required together',
  'digital signature needs serialised key',
]);
const isUnchecked = ({ error, rule }: ScanCase): boolean =>
  (error !== undefined && uncheckedErrors.has(error)) || (rule !== undefined && uncheckedRules.has(rule));

const thisYear = 2026;
const pairs = (elements: readonly { ai: string; value: string }[]) => elements.map(({ ai, value }) => [ai, value]);

test('GS1 element strings in brackets read as the syntax engine and BWIPP read them', () => {
  const bracketed = cases.filter(({ form }) => form === 'bracketed');
  assert.ok(bracketed.length > 300);
  for (const vector of bracketed) {
    const { ais, expect, id, input } = vector;
    const read = readBracketedElements(input, elementTable, thisYear);
    if (expect === 'accept') assert.ok(read.ok, `${id}: ${input}`);
    // What Drydock does not check it may take, and then it reads as the others do.
    else if (!isUnchecked(vector)) assert.ok(!read.ok, `${id} was accepted: ${input}`);
    if (read.ok && ais !== undefined) assert.deepEqual(pairs(read.value), ais, id);
  }
});

test('GS1 element strings with FNC1 read as the syntax engine reads them, also as a reader sends them', () => {
  const joined = cases.filter(({ fnc1, form, scan }) => form === 'fnc1' || fnc1 !== undefined || scan !== undefined);
  let read = 0;
  for (const { ais, expect, fnc1, form, id, input, scan, note } of joined) {
    const text = form === 'fnc1' ? input : fnc1;
    if (text?.startsWith('^') !== true || isUncheckedNote(note)) continue;
    const elements = readJoinedElements(text.replaceAll('^', '\x1d'), elementTable, thisYear);
    assert.equal(elements.ok, expect === 'accept', `${id}: ${text} ${elements.ok ? '' : elements.reason}`);
    if (elements.ok && ais !== undefined) assert.deepEqual(pairs(elements.value), ais, id);
    if (scan !== undefined && expect === 'accept') {
      const reading = readScan(scan, { elements: elementTable, thisYear });
      assert.ok(reading.ok && reading.value.kind === 'gs1' && reading.value.marked, id);
      assert.deepEqual(pairs(reading.value.elements), ais, id);
    }
    read += 1;
  }
  assert.ok(read > 100);
});

function isUncheckedNote(note: string | undefined): boolean {
  return note === 'association rule only: each value is well formed';
}

test('what readers send with a symbology identifier reads as the syntax engine reads it', () => {
  for (const { ais, expect, id, input } of cases.filter(({ form }) => form === 'scan')) {
    if (input === '') continue;
    const reading = readScan(input, { elements: elementTable, thisYear });
    if (ais !== undefined) {
      assert.ok(reading.ok, id);
      assert.deepEqual(pairs(reading.value.elements), ais, id);
    } else if (/^\](?:C1|e0|d2|Q3|J1|E0|E4)/.test(input) && expect === 'refuse') {
      assert.ok(!reading.ok, `${id} was accepted: ${input}`);
    }
  }
});

test('dates of GS1 have the century and the last day of the month that the General Specifications give them', () => {
  const dates = cases.filter(({ form }) => form === 'date');
  assert.ok(dates.length >= 15);
  for (const { expect, id, input, iso, referenceYear = thisYear } of dates) {
    const reading = readScan(`(17)${input}`, { elements: elementTable, thisYear: referenceYear });
    assert.equal(reading.ok, expect === 'accept', id);
    if (reading.ok) assert.equal(reading.value.fields.expires, iso, id);
  }
});

test('a GTIN has one check digit that fits', () => {
  for (const { checkDigit, input } of cases.filter(({ form }) => form === 'check-digit')) {
    const fitting = '0123456789'.split('').filter((digit) => fitsCheckDigit(input + digit));
    assert.deepEqual(fitting, [checkDigit], input);
  }
});
