import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { ScannedText, ScanReading } from '../schema/scan.ts';

/** What a code reader sends. */
export const scanOperations = {
  /** Takes a scanned code apart. Nothing is kept; which field a plain text belongs to only the person who scanned it knows. */
  'scan.read': {
    access: 'station.read',
    input: v.strictObject({ text: ScannedText }),
    output: ScanReading,
  },
} as const satisfies OperationTable;
