import * as v from 'valibot';
import { ProductId } from '../../../contract/schema/bundle.ts';
import { dfuQuirks, type QuirkName } from '../dfu/quirk.ts';

const Hex16 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{4}$/, 'must be four lower-case hexadecimal digits'),
  v.transform((text) => Number.parseInt(text, 16)),
);

/** Letters, digits, `.`, `_`, `-`: names that stand in job records. */
export const Token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/));

export const integer = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));

const Milliseconds = integer(1, 3_600_000);

/** How a unit shows itself on the bus in one of its modes. */
export const UsbMatch = v.strictObject({ vendorId: Hex16, productId: Hex16, interface: integer(0, 255) });
export type UsbMatch = v.InferOutput<typeof UsbMatch>;

/** The modes in which a unit is seen; a ROM loader that no application leads to has no run-time mode. */
export interface UsbModes {
  readonly runtime?: UsbMatch | undefined;
  readonly dfu: UsbMatch;
}

/** Both modes; each scheme checks by {@link tellsModes} that they can be told apart. */
export const RuntimeAndDfu = v.strictObject({ runtime: UsbMatch, dfu: UsbMatch });

interface BothModes {
  readonly usb: v.InferOutput<typeof RuntimeAndDfu>;
  readonly quirks: readonly QuirkName[];
}

/**
 * Run-time and DFU mode are told apart by vendor or product id, or, with `same-id-in-both-modes`, by the descriptors of the DFU interface,
 * which then must stand at one number and must not lie.
 */
export function tellsModes({ usb: { runtime, dfu }, quirks }: BothModes): boolean {
  if (quirks.includes('same-id-in-both-modes')) {
    return runtime.interface === dfu.interface && !quirks.includes('boot-loader-says-runtime');
  }
  return runtime.vendorId !== dfu.vendorId || runtime.productId !== dfu.productId;
}

export const TELLS_MODES =
  'must tell run-time and DFU mode apart by vendor or product id, or (same-id-in-both-modes) by the descriptors of one and the same interface';

/** Geometry of MCUboot's trailer, which an image must leave free. */
export const Trailer = v.strictObject({
  alignBytes: v.picklist([8, 16, 32]),
  writeBytes: v.picklist([1, 2, 4, 8, 16, 32]),
  maxSectors: integer(1, 65_535),
  sectorBytes: integer(1, 1_048_576),
});

const quirkNames = Object.keys(dfuQuirks) as QuirkName[];

/** What every profile has, whatever its scheme. */
export const profileEntries = {
  format: v.literal('drydock-profile/1'),
  id: Token,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  /** Product that a bundle's manifest must name. */
  product: ProductId,
  deadlines: v.strictObject({
    transferMs: Milliseconds,
    blockMs: Milliseconds,
    manifestMs: Milliseconds,
    detachMs: Milliseconds,
    rebootMs: Milliseconds,
    selfTestMs: Milliseconds,
    /** How long a person at the bench is waited for. */
    personMs: Milliseconds,
  }),
  limits: v.strictObject({
    maxTransferBytes: integer(8, 65_535),
    maxPollTimeoutMs: integer(0, 0xff_ffff),
  }),
  /** Ways in which the unit departs from DFU 1.1 (core/device/dfu/quirk.ts). */
  quirks: v.pipe(
    v.array(v.picklist(quirkNames)),
    v.check((quirks) => new Set(quirks).size === quirks.length, 'must not name a quirk twice'),
  ),
};
