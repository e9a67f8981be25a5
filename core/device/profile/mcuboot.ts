import * as v from 'valibot';
import { integer, profileEntries, RuntimeAndDfu, Token, Trailer, tellsModes, TELLS_MODES } from './fields.ts';
import { Alternate, listSlots, slotPairs } from './slots.ts';

/** A slot is held in memory while it is read. */
const MAX_SLOT_BYTES = 64 * 1024 * 1024;

const McubootSlot = v.strictObject({
  /** Both slots must be readable: whether an image was made permanent stands at the end of the running one. */
  alternate: Alternate,
  /** The whole slot, trailer included, as the unit's flash map has it. */
  sizeBytes: integer(1, MAX_SLOT_BYTES),
  /** Swap by move or scratch: the primary slot is always the one that runs. */
  role: v.picklist(['running', 'staging']),
});

const Slots = v.pipe(
  slotPairs(McubootSlot),
  v.check(
    (pairs) => Object.values(pairs).every((pair) => new Set(Object.values(pair).map(({ role }) => role)).size === 2),
    'must have one running and one staging slot in each pair',
  ),
  v.check((pairs) => {
    const alternates = listSlots(pairs).map(({ alternate }) => alternate);
    return new Set(alternates).size === alternates.length;
  }, 'must not use an alternate for two slots'),
);

const BcdDevice = v.pipe(v.string(), v.regex(/^[0-9a-f]{4}$/, 'must be four lower-case hexadecimal digits'));

/**
 * Scheme `mcuboot`: Zephyr's USB DFU class over MCUboot. The unit tells nothing of itself in run-time mode; in DFU mode its state is read
 * from the image headers, TLVs and trailers of its slots, by upload.
 */
export const McubootProfile = v.pipe(
  v.strictObject({
    ...profileEntries,
    scheme: v.literal('mcuboot'),
    usb: RuntimeAndDfu,
    /** Name of the hardware, as in an image's `compat`: one for all units, or by their bcdDevice. */
    hardware: v.union([Token, v.strictObject({ bcdDevice: v.record(BcdDevice, Token) })]),
    /** By plain DFU nothing but the unit itself can set `image_ok`. */
    confirmedBy: v.literal('device'),
    /** `stays`: in dfuIDLE, to be reset. `reboots`: by itself, so that what was written is read only after the boot. */
    afterManifestation: v.picklist(['stays', 'reboots']),
    /** How a unit in DFU mode is restarted. `person`: by nothing but a power cycle. */
    resetBy: v.picklist(['person', 'bus-reset']),
    /** How long the application is left alone after it started, before it is taken to DFU mode to be read. */
    undisturbedMs: integer(0, 3_600_000),
    slots: Slots,
    trailer: Trailer,
  }),
  v.forward(
    v.check((profile) => tellsModes(profile), TELLS_MODES),
    ['usb'],
  ),
  v.check(
    ({ quirks }) => !quirks.includes('upload-broken'),
    'must be of units that can upload: their state is read in no other way',
  ),
);
export type McubootProfile = v.InferOutput<typeof McubootProfile>;
