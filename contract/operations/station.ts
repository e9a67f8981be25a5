import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { FirstAdministratorInput } from '../schema/session.ts';
import { StationView } from '../schema/station.ts';
import { Label, Nothing } from './input.ts';

/** What the station says of itself before anyone logs in, and its set-up. */
export const stationOperations = {
  'station.status': { access: 'public', input: Nothing, output: StationView },
  'station.initialise': {
    access: 'public',
    input: v.strictObject({ name: Label, administrator: FirstAdministratorInput }),
    output: StationView,
  },
} as const satisfies OperationTable;
