import { accept } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { classifyTransferError, classifyTransferStatus, refuseTransfer } from './dfu/transfer-error.ts';
import type { ControlSetup, UsbDeviceHandle } from './usb-backend.ts';

/**
 * One opened unit. Calls are queued one behind the other, because the `usb` package rejects a `close()` that meets a running
 * transfer; each transfer has its own deadline; no call throws for anything that the bus or the unit does.
 */
export class UsbLink {
  readonly device: UsbDeviceHandle;
  readonly #platform: NodeJS.Platform;
  #queue: Promise<unknown> = Promise.resolve();
  #claimedInterface: number | null = null;
  #isOpen = false;

  constructor(device: UsbDeviceHandle, platform: NodeJS.Platform) {
    this.device = device;
    this.#platform = platform;
  }

  async open(): Promise<Result<void>> {
    const opened = await this.#call('open', () => this.device.open());
    if (opened.ok) this.#isOpen = true;
    return opened;
  }

  async claim(interfaceNumber: number): Promise<Result<void>> {
    const claimed = await this.#call('claim interface', () => this.device.claimInterface(interfaceNumber));
    if (claimed.ok) this.#claimedInterface = interfaceNumber;
    return claimed;
  }

  async selectAlternate(interfaceNumber: number, alternate: number): Promise<Result<void>> {
    return await this.#call('select alternate setting', () =>
      this.device.selectAlternateInterface(interfaceNumber, alternate),
    );
  }

  /** Bus reset. A unit that leaves the bus because of it has done what was asked. */
  async reset(): Promise<Result<void>> {
    const done = await this.#call('bus reset', () => this.device.reset());
    return done.ok || done.code === 'device.unplugged' ? accept(undefined) : done;
  }

  /** Asks for at most `lenBytes`; the answer may be shorter. */
  async transferIn(
    what: string,
    setup: ControlSetup,
    lenBytes: number,
    timeoutMs: number,
  ): Promise<Result<Uint8Array>> {
    const answer = await this.#call(what, () => this.device.controlTransferIn(setup, lenBytes, timeoutMs));
    if (!answer.ok) return answer;
    const { status, data } = answer.value;
    const fault = classifyTransferStatus(status);
    if (fault !== null) return refuseTransfer(fault, what, this.#platform);
    if (data === undefined) return accept(new Uint8Array(0));
    if (data.byteLength > lenBytes) return refuseTransfer('failed', what, this.#platform);
    return accept(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  /** Sends `data` whole; an empty one is a request without data stage. */
  async transferOut(
    what: string,
    setup: ControlSetup,
    data: Uint8Array<ArrayBuffer>,
    timeoutMs: number,
  ): Promise<Result<void>> {
    const answer = await this.#call(what, () => this.device.controlTransferOut(setup, data, timeoutMs));
    if (!answer.ok) return answer;
    const fault = classifyTransferStatus(answer.value.status);
    if (fault !== null) return refuseTransfer(fault, what, this.#platform);
    if (answer.value.bytesWritten !== data.byteLength) return refuseTransfer('failed', what, this.#platform);
    return accept(undefined);
  }

  /** Safe to call twice and after unplug. Interfaces are released first: the package's `close()` leaves them claimed. */
  async close(): Promise<void> {
    const interfaceNumber = this.#claimedInterface;
    this.#claimedInterface = null;
    // The refusals of a unit that is gone are of no use to anyone who is leaving it.
    if (interfaceNumber !== null)
      await this.#call('release interface', () => this.device.releaseInterface(interfaceNumber));
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#call('close', () => this.device.close());
  }

  async #call<T>(what: string, work: () => Promise<T>): Promise<Result<T>> {
    const attempt = async (): Promise<Result<T>> => {
      try {
        return accept(await work());
      } catch (error) {
        return refuseTransfer(classifyTransferError(error), what, this.#platform);
      }
    };
    const result = this.#queue.then(attempt);
    this.#queue = result;
    return await result;
  }
}
