import { decode } from 'cborg';
import * as v from 'valibot';
import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState, SlotView } from '../../../../contract/schema/device.ts';

export const MAX_INFO_BYTES = 4096;

/** What a unit says of itself; its slots have no names of the profile yet. */
export interface UnitInfo extends Omit<DeviceState, 'slots'> {
  readonly slots: readonly (Omit<SlotView, 'id' | 'logical' | 'alternate'> & { readonly alternate: number })[];
}

/** What a unit says ends up on screens and in reports: printable ASCII only. */
const printable = (maxLength: number, minLength = 0) =>
  v.pipe(
    v.string(),
    v.minLength(minLength),
    v.maxLength(maxLength),
    v.regex(/^[\x20-\x7e]*$/, 'must be printable ASCII'),
  );
const integer = (maximum: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maximum));
const U32_MAX = 0xffff_ffff;
/** SHA-256, SHA-384, SHA-512. */
const HASH_BYTES: readonly number[] = [32, 48, 64];

const InfoSlot = v.object({
  alt: integer(255),
  name: printable(128, 1),
  role: v.picklist(['running', 'staging']),
  size: integer(U32_MAX),
  state: v.picklist(['empty', 'image', 'pending', 'testing', 'confirmed', 'invalid']),
  version: v.optional(v.pipe(printable(128), v.regex(/^\d+\.\d+\.\d+\+\d+$/, 'must be major.minor.revision+build'))),
  counter: v.optional(integer(U32_MAX)),
  hash: v.optional(
    v.pipe(
      v.instance(Uint8Array),
      v.check((bytes) => HASH_BYTES.includes(bytes.byteLength), 'must be 32, 48 or 64 bytes'),
    ),
  ),
});

const selfTestEntries = {
  state: v.picklist(['not-run', 'running', 'passed', 'failed']),
  results: v.pipe(
    v.array(v.object({ name: printable(128, 1), passed: v.boolean(), detail: printable(512) })),
    v.maxLength(64),
  ),
};

/** Version 1 of the answer to INFO. Unknown keys are ignored, so that units can tell more than this station asks. */
const Info = v.object({
  v: v.literal(1),
  product: printable(128, 1),
  hardware: printable(128, 1),
  serial: printable(128, 1),
  mode: v.picklist(['application', 'dfu', 'bootloader']),
  slots: v.pipe(
    v.array(InfoSlot),
    v.minLength(1),
    v.maxLength(8),
    v.check(
      (slots) => new Set(slots.map((slot) => slot.alt)).size === slots.length,
      'must not name an alternate twice',
    ),
  ),
  boot: v.object({
    swap: v.picklist(['none', 'test', 'perm', 'revert']),
    imageOk: v.boolean(),
    copyDone: v.boolean(),
  }),
  selfTest: v.object(selfTestEntries),
  previousSelfTest: v.optional(v.object({ ...selfTestEntries, counter: v.optional(integer(U32_MAX)) })),
});

/** Reads an answer to INFO: one CBOR map (RFC 8949), definite lengths, no key twice. Refuses with `device.info-invalid`. */
export function parseInfo(bytes: Uint8Array): Result<UnitInfo> {
  if (bytes.byteLength > MAX_INFO_BYTES) {
    return refuse(
      'device.info-invalid',
      `The unit's answer is ${bytes.byteLength} bytes long, at most ${MAX_INFO_BYTES} are read.`,
    );
  }
  let decoded: unknown;
  try {
    decoded = decode(bytes, {
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
      rejectDuplicateMapKeys: true,
    });
  } catch (error) {
    const fault = error instanceof Error ? error.message.slice(0, 200) : '';
    return refuse('device.info-invalid', 'The unit does not describe itself in valid CBOR.', { fault });
  }
  const info = v.safeParse(Info, decoded, { abortEarly: true });
  if (!info.success) {
    const [issue] = info.issues;
    const field = v.getDotPath(issue) ?? 'the whole answer';
    return refuse('device.info-invalid', `The unit describes itself wrongly: ${field} is not acceptable.`, {
      field,
      fault: issue.message.slice(0, 200),
    });
  }
  return accept(toUnitInfo(info.output));
}

function toUnitInfo(info: v.InferOutput<typeof Info>): UnitInfo {
  const { previousSelfTest } = info;
  return {
    product: info.product,
    hardware: info.hardware,
    serial: info.serial,
    mode: info.mode,
    slots: info.slots.map((slot) => ({
      alternate: slot.alt,
      name: slot.name,
      role: slot.role,
      sizeBytes: slot.size,
      state: slot.state,
      version: slot.version ?? null,
      counter: slot.counter ?? null,
      hash: slot.hash === undefined ? null : Buffer.from(slot.hash).toString('hex'),
    })),
    boot: info.boot,
    selfTest: info.selfTest,
    previousSelfTest:
      previousSelfTest === undefined ? null : { ...previousSelfTest, counter: previousSelfTest.counter ?? null },
  };
}
