import * as v from 'valibot';
import { PlaceLabel } from './bench-place.ts';

/** Where in the house a unit stands: bus and port path, e.g. `1-2.4`. Survives re-enumeration. */
export const Position = v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{1,16}(?:[-.][0-9]{1,3}){0,8}$/));

const ShortText = v.pipe(v.string(), v.maxLength(128));
const Counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));

/**
 * By what an image is known on its unit: the hash TLV that it carries for its boot loader, hex. How long it is tells which hash it is:
 * SHA-256, SHA-384 or SHA-512, as the boot loader was built.
 */
export const ImageHash = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/));

export const SlotState = v.picklist(['empty', 'image', 'pending', 'testing', 'confirmed', 'invalid']);
export type SlotState = v.InferOutput<typeof SlotState>;

/** One physical slot. Which role it has may change from update to update: it is read, never remembered. */
export const SlotView = v.strictObject({
  /** Id of the physical slot in the unit's device profile. */
  id: ShortText,
  /** Logical slot that it serves, as a manifest's image names it; each has one running and one staging slot. */
  logical: ShortText,
  role: v.picklist(['running', 'staging']),
  name: ShortText,
  sizeBytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff)),
  state: SlotState,
  /** MCUboot header version `major.minor.revision+build`; null where the slot holds no image. */
  version: v.nullable(ShortText),
  /** Security counter of the image; null where the slot holds none or the image carries none. */
  counter: v.nullable(Counter),
  /** Null where the slot holds no image. */
  hash: v.nullable(ImageHash),
  /** Alternate setting of the DFU interface; null where the slot is an address range. */
  alternate: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
});
export type SlotView = v.InferOutput<typeof SlotView>;

/** What a kind of unit does not give, so that it can be weighed before an update and read in its report. */
export const MissingProtection = v.picklist([
  'no-trial-boot',
  'no-automatic-revert',
  'no-self-test-report',
  'no-identity-report',
  'no-read-back',
  'marked-before-read-back',
  'power-cycle-by-person',
  'put-back-by-person',
  'single-slot',
  'serial-by-operator',
]);
export type MissingProtection = v.InferOutput<typeof MissingProtection>;

/** A sentence for the technician, the approver and the report. */
export const missingProtectionWords: Readonly<Record<MissingProtection, string>> = {
  'no-trial-boot': 'A new image is made permanent at once; there is no test boot.',
  'no-automatic-revert': 'The unit does not go back to its old firmware by itself.',
  'no-self-test-report': 'The unit reports no self-test; that it made its image permanent stands for one.',
  'no-identity-report': 'The unit does not say what it is; its USB id stands for its product.',
  'no-read-back': 'What was written cannot be read back before it is booted.',
  'marked-before-read-back': 'The end of the download marks the image for its test boot before it could be read back.',
  'power-cycle-by-person': 'Only a person who switches the unit off and on restarts it.',
  'put-back-by-person':
    'If a new firmware does not come up, a person must start the boot loader by hand before the old one can be put back.',
  'single-slot': 'The unit has one slot only: until all of it is written it holds no firmware that runs.',
  'serial-by-operator':
    'The boot loader does not know the serial number of its unit: what the operator stated counts until the firmware answers.',
};

export const SelfTestResult = v.strictObject({
  name: ShortText,
  passed: v.boolean(),
  detail: v.pipe(v.string(), v.maxLength(512)),
});
export type SelfTestResult = v.InferOutput<typeof SelfTestResult>;

export const SelfTestView = v.strictObject({
  /** `not-reported`: units of this kind tell nothing of a self-test; that one made its image permanent stands for it. */
  state: v.picklist(['not-run', 'running', 'passed', 'failed', 'not-reported']),
  results: v.pipe(v.array(SelfTestResult), v.maxLength(64)),
});
export type SelfTestView = v.InferOutput<typeof SelfTestView>;

/** What a unit says of itself, read now and not assumed. */
export const DeviceState = v.strictObject({
  product: ShortText,
  hardware: ShortText,
  serial: ShortText,
  mode: v.picklist(['application', 'dfu', 'bootloader']),
  slots: v.pipe(v.array(SlotView), v.minLength(1), v.maxLength(8)),
  boot: v.strictObject({
    swap: v.picklist(['none', 'test', 'perm', 'revert']),
    imageOk: v.boolean(),
    copyDone: v.boolean(),
  }),
  selfTest: SelfTestView,
  /** The last test boot's result, kept by the unit over the reset; null where there was none. */
  previousSelfTest: v.nullable(v.strictObject({ ...SelfTestView.entries, counter: v.nullable(Counter) })),
});
export type DeviceState = v.InferOutput<typeof DeviceState>;

/**
 * Whether this account may open a unit: `ok`, as far as can be seen from outside; `denied`; `driver`: a driver of the system holds
 * its interface; `unknown`: nobody has tried yet, and trying would disturb.
 */
export const UnitAccess = v.picklist(['ok', 'denied', 'driver', 'unknown']);
export type UnitAccess = v.InferOutput<typeof UnitAccess>;

/** A unit on the bench as the scanner sees it, before anything is asked of it. */
export const BenchUnit = v.strictObject({
  position: Position,
  profile: v.nullable(ShortText),
  vendorId: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff)),
  productId: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff)),
  serial: v.nullable(ShortText),
  mode: v.nullable(v.picklist(['runtime', 'dfu'])),
  /** Null where the bench map has no name for the position. */
  place: v.nullable(PlaceLabel),
  access: UnitAccess,
  /** What to do where access is not `ok`; null where there is nothing to say. */
  accessHint: v.nullable(v.pipe(v.string(), v.maxLength(1024))),
  /** Why it has no profile, although a bundle brings one for it. */
  profileNote: v.exactOptional(v.pipe(v.string(), v.maxLength(1024))),
  /** Other positions at which a unit of the same kind has the same serial; each is worked on at its own position. */
  clones: v.array(Position),
});
export type BenchUnit = v.InferOutput<typeof BenchUnit>;
