import { DfuState } from '../../../core/device/dfu/constants.ts';
import type { Answer, Transfer } from '../../helpers/scripted-usb-device.ts';
import { stall, statusBytes, timedOut, unplugged } from '../../helpers/scripted-usb-device.ts';
import type { ProperUnit } from './proper-unit.ts';

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
 * A unit that follows its protocol until its script says otherwise: for each transfer one byte chooses between the proper answer and a
 * wrong one, so that mutations of the script reach the states behind a hundred right answers. Once the script is over the unit is
 * proper, or goes on with its last wrong answer for ever.
 */
export class MutatedUnit {
  readonly #script: Script;
  readonly #proper: ProperUnit;
  readonly #isStubborn: boolean;
  #lastKind: (typeof KINDS)[number] = 'proper';

  constructor(script: Script, proper: ProperUnit, isStubborn: boolean) {
    this.#script = script;
    this.#proper = proper;
    this.#isStubborn = isStubborn;
  }

  respond(transfer: Transfer): Answer {
    const proper = this.#proper.respond(transfer);
    const kind = this.#chooseKind();
    switch (kind) {
      case 'proper':
        return proper;
      case 'stall':
        this.#proper.state = DfuState.dfuERROR;
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
        this.#proper.state = this.#script.byte() % 12;
        return transfer.name === 'GETSTATUS' ? statusBytes(this.#proper.state, 0, this.#script.byte() % 17) : proper;
      case 'poll':
        return transfer.name === 'GETSTATUS'
          ? statusBytes(this.#proper.state, this.#script.word() | ((this.#script.byte() & 0x0f) << 16))
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
}
