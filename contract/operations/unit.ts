import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { UnitKey, UnitLife, UnitLine, UnitsInput } from '../schema/job-history.ts';
import { Page } from './input.ts';

/** Units that this station has seen, by product and serial number. */
export const unitOperations = {
  /** In the order of their serial numbers. */
  'unit.list': {
    access: 'update.read',
    input: v.strictObject({ ...UnitsInput.entries, limit: Page }),
    output: v.array(UnitLine),
  },
  'unit.show': { access: 'update.read', input: UnitKey, output: UnitLife },
} as const satisfies OperationTable;
