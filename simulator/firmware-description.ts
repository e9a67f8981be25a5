import { decode, encode } from 'cborg';

export interface SelfTestPlan {
  readonly name: string;
  readonly passes: boolean;
  readonly detail: string;
}

/**
 * What a virtual firmware does, written in the image's own bytes, so that a changed or foreign byte changes its behaviour.
 * The body of an image is: "DRYDOCK1" (8 bytes ASCII), length of the CBOR (16 bits, little endian), the CBOR map, filler.
 */
export interface FirmwareDescription {
  /** Hardware names it runs on; on any other it hangs before it reaches the bus. */
  readonly hardware: readonly string[];
  readonly selfTests: readonly SelfTestPlan[];
  /** How long the self-test takes on the device. */
  readonly selfTestMs: number;
  /** `hang`: it never reaches the bus. */
  readonly start: 'normal' | 'hang';
  /** What it does by itself when a self-test fails: wait for the host, or reset (the boot loader then reverts). */
  readonly onFailure: 'wait' | 'reset';
}

const MAGIC = Buffer.from('DRYDOCK1', 'ascii');
const PREFIX_BYTES = MAGIC.length + 2;

export function encodeDescription(description: FirmwareDescription): Uint8Array {
  const { hardware, selfTests, selfTestMs, start, onFailure } = description;
  const tests = selfTests.map(({ name, passes, detail }) => ({ name, passes, detail }));
  const body = encode({ hardware: [...hardware], selfTests: tests, selfTestMs, start, onFailure });
  const lenBytes = Buffer.alloc(2);
  lenBytes.writeUInt16LE(body.length);
  return Buffer.concat([MAGIC, lenBytes, body]);
}

/** The description at the start of an image's body, or undefined where there is none: such an image does not run on a virtual unit. */
export function decodeDescription(body: Uint8Array): FirmwareDescription | undefined {
  if (body.length < PREFIX_BYTES || !MAGIC.equals(body.subarray(0, MAGIC.length))) return undefined;
  const lenBytes = Buffer.from(body).readUInt16LE(MAGIC.length);
  const encoded = body.subarray(PREFIX_BYTES, PREFIX_BYTES + lenBytes);
  let value: unknown;
  try {
    value = decode(encoded);
  } catch (error) {
    // An image that cannot say what it does behaves like one that crashes at start.
    if (error instanceof Error) return undefined;
    throw error;
  }
  return isDescription(value) ? value : undefined;
}

function isDescription(value: unknown): value is FirmwareDescription {
  if (typeof value !== 'object' || value === null) return false;
  if (!('hardware' in value) || !isArrayOf(value.hardware, (item) => typeof item === 'string')) return false;
  if (!('selfTests' in value) || !isArrayOf(value.selfTests, isSelfTestPlan)) return false;
  if (!('selfTestMs' in value) || typeof value.selfTestMs !== 'number') return false;
  if (!('start' in value) || (value.start !== 'normal' && value.start !== 'hang')) return false;
  return 'onFailure' in value && (value.onFailure === 'wait' || value.onFailure === 'reset');
}

function isSelfTestPlan(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!('name' in value && 'passes' in value && 'detail' in value)) return false;
  return typeof value.name === 'string' && typeof value.passes === 'boolean' && typeof value.detail === 'string';
}

function isArrayOf(value: unknown, accepts: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(accepts);
}
