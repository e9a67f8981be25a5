import * as v from 'valibot';
import { profileEntries, RuntimeAndDfu, Trailer, tellsModes, TELLS_MODES } from './fields.ts';
import { AlternateSlotPairs } from './slots.ts';

/** Scheme `drydock-info`: MCUboot slots behind DFU alternates, state and orders by vendor requests (docs/device-information.md). */
export const DrydockInfoProfile = v.pipe(
  v.strictObject({
    ...profileEntries,
    scheme: v.literal('drydock-info'),
    usb: RuntimeAndDfu,
    confirmedBy: v.picklist(['device', 'station']),
    pendingBy: v.picklist(['request', 'manifestation']),
    readBack: v.boolean(),
    slots: AlternateSlotPairs,
    trailer: Trailer,
  }),
  v.forward(
    v.check((profile) => tellsModes(profile), TELLS_MODES),
    ['usb'],
  ),
);
export type DrydockInfoProfile = v.InferOutput<typeof DrydockInfoProfile>;
