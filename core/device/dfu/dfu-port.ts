import { refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { ControlSetup } from '../usb-backend.ts';
import type { UsbLink } from '../usb-link.ts';
import { DfuRequest } from './constants.ts';
import type { DfuStateName } from './constants.ts';
import { parseState, parseStatus, STATUS_BYTES } from './dfu-status.ts';
import type { StatusAnswer } from './dfu-status.ts';

type RequestName = keyof typeof DfuRequest;

const NO_DATA = new Uint8Array(0);
/** wBlockNum has 16 bits and wraps (DFU 1.1 §6.1.1). */
const BLOCK_NUMBER_MASK = 0xffff;

/** A bit of wIndex that some vendors give a meaning of their own. */
const FORCED_DETACH = 0x0100;

/** The seven class requests of DFU 1.1 §3 on one claimed interface; no policy, no state. */
export class DfuPort {
  readonly #link: UsbLink;
  readonly #interfaceNumber: number;
  readonly #timeoutMs: number;

  constructor(link: UsbLink, interfaceNumber: number, timeoutMs: number) {
    this.#link = link;
    this.#interfaceNumber = interfaceNumber;
    this.#timeoutMs = timeoutMs;
  }

  /** Aborted when the unit has left the bus. */
  get gone(): AbortSignal {
    return this.#link.gone;
  }

  /** The refusal of whatever was going on when the unit left the bus. */
  refuseGone(what: string): Refusal {
    return this.#link.refuseGone(what);
  }

  async selectAlternate(alternate: number): Promise<Result<void>> {
    return await this.#link.selectAlternate(this.#interfaceNumber, alternate);
  }

  /** §5.1. The unit leaves run-time mode by itself, or at the next bus reset within `timeoutMs`. `force` is no part of DFU 1.1. */
  async detach(timeoutMs: number, force = false): Promise<Result<void>> {
    return await this.#out('DETACH', timeoutMs, NO_DATA, force ? FORCED_DETACH : 0);
  }

  /** §6.1.1. `block` counts up from 0; an empty `data` ends the download. */
  async download(block: number, data: Uint8Array<ArrayBuffer>): Promise<Result<void>> {
    return await this.#out('DNLOAD', block & BLOCK_NUMBER_MASK, data);
  }

  /** §6.2. An answer shorter than `lenBytes` is the last one. */
  async upload(block: number, lenBytes: number): Promise<Result<Uint8Array>> {
    return await this.#in('UPLOAD', block & BLOCK_NUMBER_MASK, lenBytes);
  }

  /** §6.1.2. */
  async getStatus(): Promise<Result<StatusAnswer>> {
    const bytes = await this.#in('GETSTATUS', 0, STATUS_BYTES);
    return bytes.ok ? parseStatus(bytes.value) : bytes;
  }

  /** §6.1.3: from dfuERROR to dfuIDLE. */
  async clearStatus(): Promise<Result<void>> {
    return await this.#out('CLRSTATUS', 0, NO_DATA);
  }

  /** §6.1.5: the state, without the change of state that GETSTATUS may bring about. */
  async getState(): Promise<Result<DfuStateName>> {
    const bytes = await this.#in('GETSTATE', 0, 1);
    if (!bytes.ok) return bytes;
    if (bytes.value.byteLength !== 1)
      return refuse('device.status-invalid', 'The unit answers with an empty DFU state.');
    return parseState(bytes.value[0]);
  }

  /** §6.1.4: back to dfuIDLE. */
  async abort(): Promise<Result<void>> {
    return await this.#out('ABORT', 0, NO_DATA);
  }

  #in(request: RequestName, value: number, lenBytes: number): Promise<Result<Uint8Array>> {
    return this.#link.transferIn(request, this.#setup(request, value, 0), lenBytes, this.#timeoutMs);
  }

  #out(request: RequestName, value: number, data: Uint8Array<ArrayBuffer>, indexBits = 0): Promise<Result<void>> {
    return this.#link.transferOut(request, this.#setup(request, value, indexBits), data, this.#timeoutMs);
  }

  #setup(request: RequestName, value: number, indexBits: number): ControlSetup {
    return {
      requestType: 'class',
      recipient: 'interface',
      request: DfuRequest[request],
      value,
      index: this.#interfaceNumber | indexBits,
    };
  }
}
