import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { longestScan, ScanReading } from '../schema/scan.ts';

/** Labels. */
export const scanOperations = {
  /** What a scanner has typed: GS1, HIBC or plain. Changes nothing. */
  'scan.read': {
    access: 'session',
    input: v.strictObject({ text: v.pipe(v.string(), v.maxLength(longestScan)) }),
    output: ScanReading,
  },
} as const satisfies OperationTable;
