import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { classifyTransferError, classifyTransferStatus, refuseTransfer } from './dfu/transfer-error.ts';
import type { TransferFault } from './dfu/transfer-error.ts';
import type { Alarm } from '../ports.ts';
import { InterfaceClaim } from './interface-claim.ts';
import type { DriverReader } from './interface-claim.ts';
import type { ControlSetup, UsbDeviceHandle } from './usb-backend.ts';

/** wLength has 16 bits (USB 2.0 §9.3.5); the `usb` package panics where it is given more. */
export const MAX_TRANSFER_BYTES = 0xffff;

/**
 * For opening, claiming and selecting, for which the package has no deadline. Linux gives up a SET_INTERFACE of its own after 5 s
 * (USB_CTRL_SET_TIMEOUT): what takes twice as long is stuck in a driver.
 */
const STEP_MS = 10_000;
/** Linux tries a port reset five times, and reads descriptors after each (`hub_port_init`): a slow one takes seconds. */
const RESET_MS = 30_000;

export interface LinkOptions {
  readonly alarm: Alarm;
  /** Aborted where the unit is known to have left the bus. */
  readonly left?: AbortSignal | undefined;
  readonly readDriver?: DriverReader | undefined;
}

/**
 * One opened unit, and the one place that knows how the `usb` package must be handled: calls are queued one behind the other,
 * because it rejects a `close()` that meets a running transfer; interfaces are released before closing; each transfer has its
 * own deadline, and so has what the package sets none for; no call throws for anything that the bus or the unit does. Once the
 * unit is gone, or a step hangs in the system, every call ends at once: such a link is of no use any more, and is left.
 */
export class UsbLink {
  readonly device: UsbDeviceHandle;
  readonly #platform: NodeJS.Platform;
  readonly #claim: InterfaceClaim;
  readonly #gone = new AbortController();
  readonly #alarm: Alarm;
  /** Why the link ended, where it was not that the unit left. */
  #hang: Refusal | null = null;
  /** The results of all calls so far, the last one at the end; never rejects. */
  #queue: Promise<unknown> = Promise.resolve();
  /** The call that the package has last been given. It outlives its result where the unit is gone; never rejects. */
  #running: Promise<void> = Promise.resolve();
  #endCall: () => void = () => undefined;
  #isOpen = false;

  constructor(device: UsbDeviceHandle, platform: NodeJS.Platform, { left, readDriver, alarm }: LinkOptions) {
    this.device = device;
    this.#platform = platform;
    this.#alarm = alarm;
    this.#claim = new InterfaceClaim(device, readDriver);
    if (left?.aborted === true) this.#leave();
    else left?.addEventListener('abort', () => this.#leave(), { once: true });
  }

  /** Aborted when the unit has left the bus, or a step hangs: nothing more will come of it through this link. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** The refusal of what was going on with the unit when it left: `device.unplugged`, or `device.step-hangs`. */
  refuseGone(what: string): Refusal {
    return this.#hang ?? refuseTransfer('unplugged', what, this.#platform);
  }

  async open(): Promise<Result<void>> {
    const opened = await this.#call('open', () => this.#openInTime(), STEP_MS);
    if (opened.ok) this.#isOpen = true;
    return opened;
  }

  /** What opens after all when nobody waits for it any longer would stay open. */
  async #openInTime(): Promise<void> {
    await this.device.open();
    if (this.gone.aborted) await this.device.close();
  }

  /** A driver of the kernel makes room for us and gets its interface back at the end; another program is left alone. */
  async claim(interfaceNumber: number): Promise<Result<void>> {
    const claimed = await this.#call('claim interface', () => this.#claim.take(interfaceNumber), STEP_MS);
    if (claimed.ok || claimed.code !== 'device.interface-busy') return claimed;
    const driver = this.#claim.holder;
    if (driver === null) return claimed;
    const reason = `The system's driver ${driver} holds the unit's USB interface and does not let go of it; unload that driver, then plug the unit in again.`;
    return refuse('device.interface-busy', reason, { driver });
  }

  async selectAlternate(interfaceNumber: number, alternate: number): Promise<Result<void>> {
    const select = () => this.device.selectAlternateInterface(interfaceNumber, alternate);
    return await this.#call('select alternate setting', select, STEP_MS);
  }

  /** Bus reset. A unit that leaves the bus because of it has done what was asked. */
  async reset(): Promise<Result<void>> {
    const done = await this.#call('bus reset', () => this.device.reset(), RESET_MS);
    return done.ok || done.code === 'device.unplugged' ? accept(undefined) : done;
  }

  /** Asks for at most `lenBytes`; the answer may be shorter. */
  async transferIn(
    what: string,
    setup: ControlSetup,
    lenBytes: number,
    timeoutMs: number,
  ): Promise<Result<Uint8Array>> {
    checkTransfer(lenBytes, timeoutMs);
    const answer = await this.#call(what, () => this.device.controlTransferIn(setup, lenBytes, timeoutMs));
    if (!answer.ok) return answer;
    const { status, data } = answer.value;
    const fault = classifyTransferStatus(status);
    if (fault !== null) return refuseTransfer(fault, what, this.#platform);
    if (data === undefined) return accept(new Uint8Array(0));
    if (data.byteLength > lenBytes) return refuseTransfer('failed', what, this.#platform);
    return accept(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  /** Sends `data` whole; an empty one is a request without data stage. It must not be changed until the call is over. */
  async transferOut(
    what: string,
    setup: ControlSetup,
    data: Uint8Array<ArrayBuffer>,
    timeoutMs: number,
  ): Promise<Result<void>> {
    checkTransfer(data.byteLength, timeoutMs);
    const answer = await this.#call(what, () => this.device.controlTransferOut(setup, data, timeoutMs));
    if (!answer.ok) return answer;
    const fault = classifyTransferStatus(answer.value.status);
    if (fault !== null) return refuseTransfer(fault, what, this.#platform);
    if (answer.value.bytesWritten !== data.byteLength) return refuseTransfer('failed', what, this.#platform);
    return accept(undefined);
  }

  /** Safe to call twice and after unplug. Of a unit that is gone nothing is waited for, and of none for longer than its deadline. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const closed = this.#queue.then(() => this.#running).then(() => this.#release());
    this.#queue = closed;
    await Promise.race([closed, this.#untilGone()]);
  }

  /** Never rejects: the refusals of a unit that is being left are of no use to anyone. */
  async #release(): Promise<void> {
    const callOff = this.gone.aborted ? () => undefined : this.#alarm(STEP_MS, () => this.#giveUp('close'));
    await this.#claim
      .giveBack()
      .then(() => this.device.close())
      .catch(() => undefined);
    callOff();
  }

  async #untilGone(): Promise<void> {
    if (this.gone.aborted) return;
    await new Promise<void>((resolve) => {
      this.gone.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** `deadlineMs` is ours; null where the package keeps one. */
  #call<T>(what: string, work: () => Promise<T>, deadlineMs: number | null = null): Promise<Result<T>> {
    const result = this.#queue.then(() => this.#attempt(what, work, deadlineMs));
    this.#queue = result;
    return result;
  }

  #attempt<T>(what: string, work: () => Promise<T>, deadlineMs: number | null): Promise<Result<T>> {
    if (this.gone.aborted) return Promise.resolve(this.refuseGone(what));
    return new Promise((resolve) => {
      const callOff = deadlineMs === null ? () => undefined : this.#alarm(deadlineMs, () => this.#giveUp(what));
      this.#endCall = () => {
        callOff();
        resolve(this.refuseGone(what));
      };
      this.#running = settle(work).then((outcome) => {
        callOff();
        if (outcome.ok) {
          resolve(outcome);
          return;
        }
        if (outcome.fault === 'unplugged') this.#leave();
        resolve(refuseTransfer(outcome.fault, what, this.#platform));
      });
    });
  }

  #giveUp(what: string): void {
    this.#hang = refuse(
      'device.step-hangs',
      `The computer's USB driver does not come to an end with the unit (${what}); this step writes nothing to it. Unplug the unit and plug it in again; if that does not help, restart the computer. Then go on with the job.`,
      { request: what },
    );
    this.#leave();
  }

  #leave(): void {
    this.#gone.abort();
    this.#endCall();
  }
}

async function settle<T>(
  work: () => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: TransferFault }> {
  try {
    return accept(await work());
  } catch (error) {
    return { ok: false, fault: classifyTransferError(error) };
  }
}

/** Both are faults of the program: 0 would be no deadline at all, and the package does not survive the other. */
function checkTransfer(lenBytes: number, timeoutMs: number): void {
  if (!(timeoutMs >= 1)) throw new RangeError(`a transfer needs a deadline, not ${timeoutMs} ms`);
  if (lenBytes > MAX_TRANSFER_BYTES) throw new RangeError(`${lenBytes} bytes are too many for one transfer`);
}
