import * as v from 'valibot';
import { ProductId } from '../../contract/schema/bundle.ts';
import type { TargetProfile } from './update-target.ts';

const Hex16 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{4}$/, 'must be four lower-case hexadecimal digits'),
  v.transform((text) => Number.parseInt(text, 16)),
);
const Token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));
const integer = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));
const Milliseconds = integer(1, 3_600_000);

const UsbMatch = v.strictObject({ vendorId: Hex16, productId: Hex16, interface: integer(0, 255) });

const ProfileSlot = v.pipe(
  v.strictObject({
    /** Alternate settings of the DFU interface. */
    running: integer(0, 255),
    staging: integer(0, 255),
    sizeBytes: integer(1, 0xffff_ffff),
  }),
  v.check((slot) => slot.running !== slot.staging, 'must not stage into the running slot'),
);

/** A device profile: everything that Drydock knows of a kind of unit, as data (docs/device-profiles.md). Strict. */
export const DeviceProfile = v.pipe(
  v.strictObject({
    format: v.literal('drydock-profile/1'),
    id: Token,
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
    /** Product that a bundle's manifest must name. */
    product: ProductId,
    usb: v.strictObject({ runtime: UsbMatch, dfu: UsbMatch }),
    scheme: v.literal('mcuboot'),
    info: v.literal('drydock-info'),
    confirmedBy: v.picklist(['device', 'station']),
    pendingBy: v.picklist(['request', 'manifestation']),
    readBack: v.boolean(),
    /** Logical slot of the manifest → alternates. */
    slots: v.pipe(
      v.record(Token, ProfileSlot),
      v.check((slots) => Object.keys(slots).length >= 1 && Object.keys(slots).length <= 8, 'must name 1 to 8 slots'),
    ),
    /** Geometry of MCUboot's trailer, which an image must leave free. */
    trailer: v.strictObject({
      alignBytes: v.picklist([8, 16, 32]),
      writeBytes: v.picklist([1, 2, 4, 8, 16, 32]),
      maxSectors: integer(1, 65_535),
      sectorBytes: integer(1, 1_048_576),
    }),
    deadlines: v.strictObject({
      transferMs: Milliseconds,
      blockMs: Milliseconds,
      manifestMs: Milliseconds,
      detachMs: Milliseconds,
      rebootMs: Milliseconds,
      selfTestMs: Milliseconds,
    }),
    limits: v.strictObject({
      maxTransferBytes: integer(8, 65_535),
      maxPollTimeoutMs: integer(0, 0xff_ffff),
    }),
  }),
  v.check(
    ({ usb }) => usb.runtime.vendorId !== usb.dfu.vendorId || usb.runtime.productId !== usb.dfu.productId,
    'must tell run-time and DFU mode apart by vendor or product id',
  ),
  v.check(({ slots }) => {
    const alternates = Object.values(slots).flatMap((slot) => [slot.running, slot.staging]);
    return new Set(alternates).size === alternates.length;
  }, 'must not use an alternate for two slots'),
);
export type DeviceProfile = v.InferOutput<typeof DeviceProfile>;

/** The part of a profile that the job engine follows. */
export function toTargetProfile(profile: DeviceProfile): TargetProfile {
  return {
    id: profile.id,
    product: profile.product,
    confirmedBy: profile.confirmedBy,
    pendingBy: profile.pendingBy,
    canReadBack: profile.readBack,
    selfTestDeadlineMs: profile.deadlines.selfTestMs,
    rebootDeadlineMs: profile.deadlines.rebootMs,
    slots: profile.slots,
  };
}
