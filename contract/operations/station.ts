import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { FirstAdministratorInput } from '../schema/session.ts';
import { IdleMinutes, StationSettingsView, StationView } from '../schema/station.ts';
import { StationHealth } from '../schema/station-health.ts';
import { Label, Nothing } from './input.ts';

/** What the station says of itself before anyone logs in, and its set-up. */
export const stationOperations = {
  'station.status': { access: 'public', input: Nothing, output: StationView },
  'station.initialise': {
    access: 'public',
    input: v.strictObject({ name: Label, administrator: FirstAdministratorInput }),
    output: StationView,
  },
  /** Looks at the station itself: what it stands on, and whether that is sound now. Changes nothing. */
  'station.health': { access: 'station.read', input: Nothing, output: StationHealth },
  'station.settings': { access: 'station.read', input: Nothing, output: StationSettingsView },
  /** Papers that were written under the name before keep it; the station's id and key stay what they are. */
  'station.rename': { access: 'station.manage', input: v.strictObject({ name: Label }), output: StationSettingsView },
  /** Counts for the sessions that are open too. */
  'station.set-idle-time': {
    access: 'station.manage',
    input: v.strictObject({ idleMinutes: IdleMinutes }),
    output: StationSettingsView,
  },
} as const satisfies OperationTable;
