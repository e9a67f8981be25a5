import * as v from 'valibot';
import { AddressSlot, dfuseEntries, isKnownById, IS_KNOWN_BY_ID } from './dfuse-fields.ts';
import { profileEntries, Token, UsbMatch } from './fields.ts';

/** Scheme `bootstrap-only`: a ROM boot loader that writes one memory, without a second slot. For recovery only. */
export const BootstrapOnlyProfile = v.pipe(
  v.strictObject({
    ...profileEntries,
    ...dfuseEntries,
    scheme: v.literal('bootstrap-only'),
    usb: v.strictObject({ dfu: UsbMatch }),
    /** Id of the profile under which the unit comes up afterwards. */
    becomes: Token,
    /** Logical slot of the manifest → where its image file goes. */
    slots: v.pipe(
      v.record(Token, AddressSlot),
      v.check((slots) => Object.keys(slots).length === 1, 'must name one slot'),
    ),
    /** What is erased first: the pages under the image, all of the slot's, or the whole memory. */
    erase: v.picklist(['image', 'slot', 'memory']),
  }),
  v.forward(
    v.check((profile) => isKnownById(profile), IS_KNOWN_BY_ID),
    ['quirks'],
  ),
);
export type BootstrapOnlyProfile = v.InferOutput<typeof BootstrapOnlyProfile>;
