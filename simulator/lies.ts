import { DfuRequest } from '../core/device/dfu/constants.ts';
import type { ControlAnswer, ControlSetup } from './control.ts';
import { DescriptorType, encodeString, type DescriptorSet } from './descriptor-set.ts';

/** A lie in the version that the unit reports of its running slot, from now on or from its next reset on. */
export interface FalseVersion {
  readonly kind: 'false-version';
  readonly version: string;
  /** Told by a unit that reports a counter (INFO); an uploaded image keeps its own. */
  readonly counter?: number;
  readonly from?: 'now' | 'reset';
}

/** Slots that are not what the unit says of them. */
export interface FalseSlots {
  readonly kind: 'false-slots';
  /** The names of the first two alternate settings are exchanged; what stands behind them is not. */
  readonly exchanged?: boolean;
  /** The size that INFO states and at which an upload ends. */
  readonly sizeBytes?: number;
}

/** A serial that is not the unit's own: a clone of another unit, in all that it says. */
export interface FalseSerial {
  readonly kind: 'false-serial';
  readonly serial: string;
}

/** bwPollTimeout of GETSTATUS, 24 bits; `state`: only where that bState is reported. */
export interface FalsePollTime {
  readonly kind: 'false-poll-time';
  readonly pollMs: number;
  readonly state?: number;
}

/** Any bytes in place of a descriptor, for GET_DESCRIPTOR and for what the host's system has read of it. */
export interface RawDescriptor {
  readonly kind: 'raw-descriptor';
  readonly descriptor: 'device' | 'configuration' | { readonly string: number };
  readonly bytes: Uint8Array;
}

/** The vendor and product ID of a unit that came back as something else. */
export interface OtherIds {
  readonly kind: 'other-ids';
  readonly vendorId: number;
  readonly productId: number;
}

export type Lie = FalseVersion | FalseSlots | FalseSerial | FalsePollTime | RawDescriptor | OtherIds;

/** The lies that one unit tells at the moment. The latest of each kind counts; of poll times and descriptors each counts. */
export class Lies {
  #told: readonly Lie[] = [];

  tell(lie: Lie): void {
    this.#told = [...this.#told, lie];
  }

  clear(): void {
    this.#told = [];
  }

  get version(): FalseVersion | undefined {
    return this.#told.findLast((lie) => lie.kind === 'false-version');
  }

  get slots(): FalseSlots | undefined {
    return this.#told.findLast((lie) => lie.kind === 'false-slots');
  }

  get serial(): string | undefined {
    return this.#told.findLast((lie) => lie.kind === 'false-serial')?.serial;
  }

  falsifyDescriptors(honest: DescriptorSet): DescriptorSet {
    return this.#told.reduce(falsify, honest);
  }

  falsifyAnswer(setup: ControlSetup, answer: ControlAnswer): ControlAnswer {
    if (setup.type !== 'class' || setup.request !== DfuRequest.GETSTATUS) return answer;
    if (answer.kind !== 'data' || answer.bytes.length < 6) return answer;
    const state = answer.bytes[4];
    const lie = this.#told.findLast((each) => each.kind === 'false-poll-time' && (each.state ?? state) === state);
    if (lie?.kind !== 'false-poll-time') return answer;
    const bytes = Buffer.from(answer.bytes);
    bytes.writeUIntLE(lie.pollMs, 1, 3);
    return { ...answer, bytes };
  }
}

function falsify(descriptors: DescriptorSet, lie: Lie): DescriptorSet {
  switch (lie.kind) {
    case 'false-serial':
      return withSerial(descriptors, lie.serial);
    case 'false-slots':
      return lie.exchanged === true ? withExchangedNames(descriptors) : descriptors;
    case 'other-ids':
      return withIds(descriptors, lie);
    case 'raw-descriptor':
      return withRaw(descriptors, lie);
    default:
      return descriptors;
  }
}

function withSerial(descriptors: DescriptorSet, serial: string): DescriptorSet {
  const index = descriptors.device[16] ?? 0;
  if (index === 0) return descriptors;
  return { ...descriptors, strings: new Map([...descriptors.strings, [index, encodeString(serial)]]) };
}

function withIds(descriptors: DescriptorSet, { vendorId, productId }: OtherIds): DescriptorSet {
  const device = Buffer.from(descriptors.device);
  device.writeUInt16LE(vendorId, 8);
  device.writeUInt16LE(productId, 10);
  return { ...descriptors, device };
}

function withRaw(descriptors: DescriptorSet, { descriptor, bytes }: RawDescriptor): DescriptorSet {
  if (descriptor === 'device') return { ...descriptors, device: bytes };
  if (descriptor === 'configuration') return { ...descriptors, configuration: bytes };
  return { ...descriptors, strings: new Map([...descriptors.strings, [descriptor.string, bytes]]) };
}

const INTERFACE_BYTES = 9;

/** Exchanges iInterface of the first two alternate settings. */
function withExchangedNames(descriptors: DescriptorSet): DescriptorSet {
  const configuration = Uint8Array.from(descriptors.configuration);
  const offsets: number[] = [];
  for (let at = 0; at < configuration.length; at += Math.max(configuration[at] ?? 0, 2)) {
    if (configuration[at + 1] === DescriptorType.interface) offsets.push(at + INTERFACE_BYTES - 1);
  }
  const [first, second] = offsets;
  if (first === undefined || second === undefined) return descriptors;
  [configuration[first], configuration[second]] = [configuration[second] ?? 0, configuration[first] ?? 0];
  return { ...descriptors, configuration };
}
