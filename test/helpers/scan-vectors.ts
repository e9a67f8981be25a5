import { readFileSync } from 'node:fs';
import { parseElementTable } from '../../core/scan/gs1/element-table.ts';

/** A case of test/fixtures/gs1/gs1-udi.json. */
export interface ScanCase {
  readonly id: string;
  readonly form: 'bracketed' | 'fnc1' | 'scan' | 'date' | 'check-digit';
  readonly input: string;
  readonly expect: 'accept' | 'refuse';
  readonly ais?: readonly (readonly [string, string])[];
  readonly fnc1?: string;
  readonly scan?: string;
  readonly rule?: string;
  readonly error?: string;
  readonly note?: string;
  readonly iso?: string;
  readonly referenceYear?: number;
  readonly checkDigit?: string;
}

export interface HibcCase {
  readonly id: string;
  readonly input: string;
  readonly expect: 'accept' | 'refuse';
  readonly fields?: Readonly<
    Partial<
      Record<
        'lic' | 'productCode' | 'unitOfMeasure' | 'link' | 'lot' | 'serial' | 'manufactured' | 'expiry' | 'date',
        string
      >
    >
  >;
}

const vectors = JSON.parse(readFileSync(new URL('../fixtures/gs1/gs1-udi.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly ScanCase[];
  readonly hibc: readonly HibcCase[];
};

export const { cases, hibc: hibcCases } = vectors;

/** The table that Drydock ships. */
export const elementTable = parseElementTable(
  readFileSync(new URL('../../resources/gs1-syntax-dictionary.txt', import.meta.url), 'utf8'),
);
