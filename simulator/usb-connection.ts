import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BusDevice } from './bus-device.ts';
import type { BusTime } from './bus-time.ts';
import type { SimulatorClock } from './clock.ts';
import type { ControlAnswer, ControlSetup } from './control.ts';
import type { DescriptorSet } from './descriptor-set.ts';
import type { TransferFault } from './faults.ts';
import { DEVICE_DISCONNECTED, ENDPOINT_STALLED, TRANSFER_CANCELLED } from './usb-error.ts';

/** Where a device sits, as the `usb` package reports it. */
export interface UsbPlace {
  readonly bus: string;
  readonly ports: readonly number[];
  readonly address: number;
}

export interface ConnectionParts {
  readonly device: BusDevice;
  readonly descriptors: DescriptorSet;
  readonly place: UsbPlace;
  readonly clock: SimulatorClock;
  readonly busTime: BusTime | undefined;
  readonly speed: 'full' | 'high';
  /** See `BusOptions`. */
  readonly takeTurn: (() => Promise<void>) | undefined;
  /** Pulls the device off the bus, and plugs it in again after a time where one is given. */
  readonly unplug: (replugAfterMs: number | undefined) => void;
}

/** Thrown inside the simulator; the device object adds the method's name. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
}

/** One enumeration of a device: from connect to disconnect. All device objects of that time share it. */
export class UsbConnection {
  readonly descriptors: DescriptorSet;
  readonly place: UsbPlace;
  readonly speed: 'full' | 'high';
  /** Interface number → the device object that claimed it. */
  readonly claims = new Map<number, object>();
  readonly #parts: ConnectionParts;
  readonly #gone = new AbortController();

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.descriptors = parts.descriptors;
    this.place = parts.place;
    this.speed = parts.speed;
  }

  /** Aborted when the device leaves the bus. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** The device has left the bus: every transfer under way and every later one is rejected. */
  close(): void {
    this.#gone.abort(new TransferError(DEVICE_DISCONNECTED));
  }

  reset(): void {
    this.requirePresent();
    this.#parts.device.usbReset();
  }

  requirePresent(): void {
    if (this.isGone) throw new TransferError(DEVICE_DISCONNECTED);
  }

  /** Runs one control transfer. Rejects with a TransferError on stall, time-out and unplug. `timeoutMs` 0 waits for ever. */
  async transfer(setup: ControlSetup, data: Uint8Array, timeoutMs: number): Promise<Uint8Array> {
    await nextTurn();
    this.requirePresent();
    const { device, takeTurn } = this.#parts;
    const fault = device.faults.takeForTransfer(setup);
    if (fault?.kind === 'unplug') this.#parts.unplug(fault.replugAfterMs);
    this.requirePresent();
    if (fault?.kind === 'timeout') return await this.#timeOut(setup, data, fault, timeoutMs);
    if (fault?.kind === 'stall') throw new TransferError(ENDPOINT_STALLED);
    const sent = fault?.kind === 'corrupt-write' ? device.faults.flipBit(data) : data;
    if (setup.direction === 'out') await this.#travel(sent, false);
    if (takeTurn !== undefined) await takeTurn();
    this.requirePresent();
    const answer = device.control(setup, sent);
    await this.#holdUp(answer?.afterMs ?? 0, timeoutMs);
    const bytes = answer?.kind === 'data' ? answer.bytes : new Uint8Array(0);
    if (setup.direction === 'in') await this.#travel(bytes, answer?.kind === 'data' && bytes.length < setup.lenBytes);
    if (takeTurn !== undefined) await takeTurn();
    const received = this.#receive(answer);
    return fault?.kind === 'corrupt-read' ? device.faults.flipBit(received) : received;
  }

  /** The time on the wire: before the device has what is sent to it, after it has given its answer. */
  async #travel(data: Uint8Array, endsShort: boolean): Promise<void> {
    const { busTime, descriptors } = this.#parts;
    if (busTime === undefined) return;
    const packetBytes = readPacketBytes(descriptors);
    await this.#whilePresent(busTime.spend({ data, packetBytes, endsShort }, this.#gone.signal));
    this.requirePresent();
  }

  /** A clock may end a sleep with an error of its own; what the host is told is that the device has left. */
  async #whilePresent(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.requirePresent();
      throw error;
    }
  }

  #receive(answer: ControlAnswer | undefined): Uint8Array {
    if (answer === undefined) throw new TransferError(DEVICE_DISCONNECTED);
    if (answer.kind === 'stall') throw new TransferError(ENDPOINT_STALLED);
    return answer.kind === 'data' ? answer.bytes : new Uint8Array(0);
  }

  /** The device works on the request before it answers; a host that waits for less gives up, and does not know how it ended. */
  async #holdUp(afterMs: number, timeoutMs: number): Promise<void> {
    if (afterMs === 0) return;
    const givesUp = timeoutMs > 0 && timeoutMs < afterMs;
    await this.#whilePresent(this.#parts.clock.sleep(givesUp ? timeoutMs : afterMs, this.#gone.signal));
    if (givesUp) throw new TransferError(TRANSFER_CANCELLED);
  }

  async #timeOut(
    setup: ControlSetup,
    data: Uint8Array,
    fault: TransferFault & { readonly kind: 'timeout' },
    timeoutMs: number,
  ): Promise<never> {
    if (fault.applied === true) this.#parts.device.control(setup, data);
    if (timeoutMs > 0) await this.#whilePresent(this.#parts.clock.sleep(timeoutMs, this.#gone.signal));
    else await this.#untilGone();
    throw new TransferError(TRANSFER_CANCELLED);
  }

  #untilGone(): Promise<never> {
    return new Promise((_resolve, reject) => {
      const leave = (): void => reject(new TransferError(DEVICE_DISCONNECTED));
      if (this.isGone) leave();
      else this.#gone.signal.addEventListener('abort', leave, { once: true });
    });
  }
}

const PACKET_SIZES: readonly number[] = [8, 16, 32, 64];

/** bMaxPacketSize0 (USB 2.0 §5.5.3). What a descriptor says that lies does not change the device's hardware. */
function readPacketBytes({ device }: DescriptorSet): number {
  const size = device[7] ?? 0;
  return PACKET_SIZES.includes(size) ? size : 64;
}
