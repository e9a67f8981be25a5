import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ControlSetup } from '../usb-backend.ts';
import type { UsbLink } from '../usb-link.ts';
import { DfuRequest } from './constants.ts';
import type { DfuStateName } from './constants.ts';
import { parseState, parseStatus, STATUS_BYTES } from './dfu-status.ts';
import type { StatusAnswer } from './dfu-status.ts';

const NO_DATA = new Uint8Array(0);
/** wBlockNum has 16 bits and wraps (DFU 1.1 §6.1.1). */
const BLOCK_NUMBER_MASK = 0xffff;

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

  async selectAlternate(alternate: number): Promise<Result<void>> {
    return await this.#link.selectAlternate(this.#interfaceNumber, alternate);
  }

  /** §5.1. The unit leaves run-time mode by itself, or at the next bus reset within `timeoutMs`. */
  async detach(timeoutMs: number): Promise<Result<void>> {
    return await this.#out('DETACH', timeoutMs, NO_DATA);
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

  async #in(request: keyof typeof DfuRequest, value: number, lenBytes: number): Promise<Result<Uint8Array>> {
    return await this.#link.transferIn(request, this.#setup(request, value), lenBytes, this.#timeoutMs);
  }

  async #out(request: keyof typeof DfuRequest, value: number, data: Uint8Array<ArrayBuffer>): Promise<Result<void>> {
    const sent = await this.#link.transferOut(request, this.#setup(request, value), data, this.#timeoutMs);
    return sent.ok ? accept(undefined) : sent;
  }

  #setup(request: keyof typeof DfuRequest, value: number): ControlSetup {
    return {
      requestType: 'class',
      recipient: 'interface',
      request: DfuRequest[request],
      value,
      index: this.#interfaceNumber,
    };
  }
}
