import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ScannedElement, ScannedFields, ScanReading } from '../../contract/schema/scan.ts';
import { fitsCheckDigit } from './check-digit.ts';
import { readElementDate } from './gs1/element-date.ts';
import type { ElementTable } from './gs1/element-table.ts';
import { readBracketedElements, readJoinedElements, separator, writeBracketed } from './gs1/read-element-strings.ts';
import { readHibc } from './hibc/read-hibc.ts';

export interface ScanRules {
  readonly elements: ElementTable;
  /** The station's year: years of two digits are read around it. */
  readonly thisYear: number;
}

/** ISO/IEC 15424 symbology identifiers whose modifier says that FNC1 stands first: the text is element strings. */
const gs1Symbologies: ReadonlySet<string> = new Set([']C1', ']e0', ']d2', ']Q3', ']J1']);
/** EAN/UPC symbols, which hold a GTIN and nothing else. */
const gtinLengths: ReadonlyMap<string, number> = new Map([
  [']E0', 13],
  [']E4', 8],
]);
/** Longest text that a job's field `udi` takes (contract/schema/update-job.ts). */
const maxUdiLen = 128;

const nothingSaid: ScannedFields = {
  deviceIdentifier: null,
  gtin: null,
  serial: null,
  lot: null,
  made: null,
  expires: null,
};

/**
 * Takes a scanned code apart. A text that is marked as a GS1 or HIBC code is read as one or refused with a code of `scan.…`;
 * any other is plain. Digits that only look like GS1 are read as that with `marked` false.
 */
export function readScan(text: string, rules: ScanRules): Result<ScanReading> {
  const sent = text.replace(/[\r\n\t]+$/, '');
  const [, symbology = '', data = ''] = /^(\][A-Za-z][0-9A-Za-z])?([^]*)$/.exec(sent) ?? [];
  const gtinLen = gtinLengths.get(symbology);
  if (gtinLen !== undefined) return readGtin(data, gtinLen);
  if (gs1Symbologies.has(symbology) || data.startsWith(separator))
    return readGs1(readJoinedElements(data, rules.elements, rules.thisYear), rules, true);
  if (/^\(\d{2,4}\)/.test(data))
    return readGs1(readBracketedElements(data.trimEnd(), rules.elements, rules.thisYear), rules, true);
  if (data.startsWith('+')) {
    const fields = readHibc(data, rules.thisYear);
    return fields.ok
      ? accept(describe({ kind: 'hibc', marked: true, text: data, elements: [], fields: fields.value }))
      : fields;
  }
  return readUnmarked(data, rules);
}

/** A reader that is set to send neither symbology nor FNC1 leaves nothing but the digits of a device identifier to go by. */
function readUnmarked(data: string, rules: ScanRules): Result<ScanReading> {
  if (/^01\d{14}/.test(data)) {
    const elements = readJoinedElements(data, rules.elements, rules.thisYear);
    if (elements.ok) return readGs1(elements, rules, false);
  }
  return accept(describe({ kind: 'plain', marked: false, text: data.trim(), elements: [], fields: nothingSaid }));
}

function readGtin(data: string, len: number): Result<ScanReading> {
  if (data.length !== len || !/^\d+$/.test(data)) {
    const reason = `The reader sent an EAN or UPC code that does not have ${len} digits. Nothing was taken from it; scan it again.`;
    return refuse('scan.element-invalid', reason);
  }
  if (!fitsCheckDigit(data)) {
    const reason =
      'The check digit of the EAN or UPC code does not fit: the code was misread or is misprinted. Nothing was taken from it; scan it again.';
    return refuse('scan.check-digit-wrong', reason);
  }
  const gtin = data.padStart(14, '0');
  const fields = { ...nothingSaid, deviceIdentifier: gtin, gtin };
  const elements = [{ ai: '01', title: 'GTIN', value: gtin }];
  return accept(describe({ kind: 'gs1', marked: true, text: writeBracketed(elements), elements, fields }));
}

function readGs1(read: Result<ScannedElement[]>, { thisYear }: ScanRules, marked: boolean): Result<ScanReading> {
  if (!read.ok) return read;
  const elements = read.value;
  const valueOf = (ai: string): string | null => elements.find((element) => element.ai === ai)?.value ?? null;
  const dayOf = (ai: string): string | null => {
    const digits = valueOf(ai);
    return digits === null ? null : readElementDate(digits, thisYear);
  };
  const gtin = valueOf('01');
  const fields = {
    deviceIdentifier: gtin,
    gtin,
    serial: valueOf('21'),
    lot: valueOf('10'),
    made: dayOf('11'),
    expires: dayOf('17'),
  };
  return accept(describe({ kind: 'gs1', marked, text: writeBracketed(elements), elements, fields }));
}

function describe(reading: Omit<ScanReading, 'udi'>): ScanReading {
  const isUdi = reading.fields.deviceIdentifier !== null && reading.text.length <= maxUdiLen;
  return { ...reading, udi: isUdi ? reading.text : null };
}
