import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { TypedPlace } from '../schema/bench-place.ts';
import { ProfileView } from '../schema/device-profile.ts';
import { BenchUnit, DeviceState } from '../schema/device.ts';
import { Nothing } from './input.ts';

/** Units on the bench, read and not assumed. */
export const deviceOperations = {
  'device.list': { access: 'device.read', input: Nothing, output: v.array(BenchUnit) },
  /** The device profiles by which this station knows units. */
  'device.profiles': { access: 'device.read', input: Nothing, output: v.array(ProfileView) },
  /** What is plugged in now; from here on the station's events tell of units that come and go, until it closes. */
  'device.watch': { access: 'device.read', input: Nothing, output: v.array(BenchUnit) },
  'device.read': {
    access: 'device.read',
    /** `enterUpdateMode`: a unit that can be read in no other way may be taken out of operation for it, by who has `update.execute`. */
    input: v.strictObject({ position: TypedPlace, enterUpdateMode: v.exactOptional(v.boolean()) }),
    output: DeviceState,
  },
} as const satisfies OperationTable;
