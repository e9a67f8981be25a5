import { DfuState } from '../../../core/device/dfu/constants.ts';
import type { Answer, DescribedDfu, Transfer } from '../../helpers/scripted-usb-device.ts';
import {
  configurationDescriptor,
  descriptorAnswer,
  stall,
  statusBytes,
  timedOut,
  unplugged,
} from '../../helpers/scripted-usb-device.ts';

/** The kinds of answers that a script may choose, by the low bits of a byte; the first ones are what a proper unit does. */
const KINDS = ['proper', 'proper', 'proper', 'bytes', 'state', 'poll', 'short', 'stall', 'time-out', 'unplug'] as const;

/** Bytes that are used up in their turn; behind the end of them there are zeros. */
export class Script {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.byteLength;
  }

  byte(): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  word(): number {
    return this.byte() | (this.byte() << 8);
  }

  take(lenBytes: number): Uint8Array {
    const taken = this.#bytes.slice(this.#at, this.#at + lenBytes);
    this.#at += lenBytes;
    return taken;
  }
}

/**
 * A unit that follows DFU 1.1 until its script says otherwise: for each transfer one byte chooses between the proper answer and a
 * wrong one, so that mutations of the script reach the states behind a hundred right answers. Once the script is over the unit is
 * proper, or goes on with its last wrong answer for ever.
 */
export class MutatedUnit {
  readonly #script: Script;
  readonly #described: DescribedDfu;
  readonly #isStubborn: boolean;
  #state: number = DfuState.dfuIDLE;
  #lastKind: (typeof KINDS)[number] = 'proper';

  constructor(script: Script, described: DescribedDfu, isStubborn: boolean) {
    this.#script = script;
    this.#described = described;
    this.#isStubborn = isStubborn;
  }

  respond(transfer: Transfer): Answer {
    const proper = this.#respondProperly(transfer);
    const kind = this.#chooseKind();
    switch (kind) {
      case 'proper':
        return proper;
      case 'stall':
        this.#state = DfuState.dfuERROR;
        return stall();
      case 'time-out':
        return timedOut();
      case 'unplug':
        return unplugged();
      case 'short':
        return proper instanceof Uint8Array
          ? proper.subarray(0, this.#script.byte() % (proper.byteLength + 1))
          : proper;
      case 'state':
        this.#state = this.#script.byte() % 12;
        return transfer.name === 'GETSTATUS' ? statusBytes(this.#state, 0, this.#script.byte() % 17) : proper;
      case 'poll':
        return transfer.name === 'GETSTATUS'
          ? statusBytes(this.#state, this.#script.word() | ((this.#script.byte() & 0x0f) << 16))
          : proper;
      case 'bytes':
        // What is longer than was asked for is something that only a host controller out of order delivers.
        return transfer.lenBytes === 0 ? proper : this.#script.take(this.#script.word() % (transfer.lenBytes + 2));
    }
  }

  #chooseKind(): (typeof KINDS)[number] {
    if (this.#script.isOver) return this.#isStubborn ? this.#lastKind : 'proper';
    this.#lastKind = KINDS[this.#script.byte() % KINDS.length] ?? 'proper';
    return this.#lastKind;
  }

  #respondProperly(transfer: Transfer): Answer {
    switch (transfer.name) {
      case 'GET_DESCRIPTOR':
        return transfer.setup.value === 0x0200
          ? configurationDescriptor(this.#described).subarray(0, transfer.lenBytes)
          : descriptorAnswer(this.#described, transfer);
      case 'DNLOAD':
        this.#state = transfer.data.byteLength > 0 ? DfuState['dfuDNLOAD-SYNC'] : DfuState['dfuMANIFEST-SYNC'];
        return undefined;
      case 'UPLOAD':
        this.#state = DfuState['dfuUPLOAD-IDLE'];
        return new Uint8Array(transfer.lenBytes);
      case 'GETSTATUS':
        if (this.#state === DfuState['dfuDNLOAD-SYNC']) this.#state = DfuState['dfuDNLOAD-IDLE'];
        if (this.#state === DfuState['dfuMANIFEST-SYNC']) this.#state = DfuState.dfuIDLE;
        return statusBytes(this.#state);
      case 'GETSTATE':
        return Uint8Array.of(this.#state);
      default:
        this.#state = DfuState.dfuIDLE;
        return undefined;
    }
  }
}
