import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { FirstAdministratorInput } from '../schema/session.ts';
import { StationSettingsView, StationView } from '../schema/station.ts';
import { Label, Nothing } from './input.ts';

/** What the station says of itself before anyone logs in, and its set-up. */
export const stationOperations = {
  'station.status': { access: 'public', input: Nothing, output: StationView },
  'station.initialise': {
    access: 'public',
    input: v.strictObject({ name: Label, administrator: FirstAdministratorInput }),
    output: StationView,
  },
  'station.settings': { access: 'station.read', input: Nothing, output: StationSettingsView },
  'station.rename': { access: 'station.manage', input: v.strictObject({ name: Label }), output: StationSettingsView },
  /** After how many minutes without use a session is over. */
  'station.set-idle-time': {
    access: 'station.manage',
    input: v.strictObject({ minutes: StationSettingsView.entries.idleMinutes }),
    output: StationSettingsView,
  },
} as const satisfies OperationTable;
