import { DfuRequest, DfuState } from '../../core/device/dfu/constants.ts';
import type { BusDevice, BusLink } from '../../simulator/bus-device.ts';
import type { SimulatorClock } from '../../simulator/clock.ts';
import type { ControlAnswer, ControlSetup } from '../../simulator/control.ts';
import type { DescriptorSet } from '../../simulator/descriptor-set.ts';
import type { FaultPlan } from '../../simulator/faults.ts';

/** One download, as the unit saw it. */
export interface SeenDownload {
  /** When its first block had come, and when the unit was asked for the last time; on the clock of the bench. */
  readonly beginMs: number;
  readonly endMs: number;
  readonly bytes: number;
  /** Control transfers of any kind in that time. */
  readonly transfers: number;
}

/**
 * A unit with a stop-watch: it runs from the arrival of a download's first block to the GETSTATUS that finds it manifested. So every host is
 * measured alike, without the start of its program or its search for the unit.
 */
export class TimedDevice implements BusDevice {
  readonly #device: BusDevice;
  readonly #clock: SimulatorClock;
  #running: { readonly beginMs: number; bytes: number; transfers: number; isComplete: boolean } | undefined;
  #seen: SeenDownload[] = [];

  constructor(device: BusDevice, clock: SimulatorClock) {
    this.#device = device;
    this.#clock = clock;
  }

  get faults(): FaultPlan {
    return this.#device.faults;
  }

  get link(): BusLink | undefined {
    return this.#device.link;
  }

  set link(link: BusLink | undefined) {
    this.#device.link = link;
  }

  get descriptors(): DescriptorSet | undefined {
    return this.#device.descriptors;
  }

  powerOn(): void {
    this.#device.powerOn();
  }

  powerOff(): void {
    this.#device.powerOff();
  }

  usbReset(): void {
    this.#device.usbReset();
  }

  takeWorkMs(): number {
    return this.#device.takeWorkMs();
  }

  control(setup: ControlSetup, data: Uint8Array): ControlAnswer | undefined {
    const nowMs = this.#clock.monotonicMs();
    const answer = this.#device.control(setup, data);
    this.#watch(setup, data.length, answer, nowMs);
    return answer;
  }

  /** The downloads since the last call that came to their end. */
  takeDownloads(): readonly SeenDownload[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  #watch(setup: ControlSetup, lenBytes: number, answer: ControlAnswer | undefined, nowMs: number): void {
    const isDfu = setup.type === 'class' && setup.recipient === 'interface';
    const isBlock = isDfu && setup.direction === 'out' && setup.request === DfuRequest.DNLOAD;
    if (isBlock && lenBytes > 0) this.#running ??= { beginMs: nowMs, bytes: 0, transfers: 0, isComplete: false };
    const running = this.#running;
    if (running === undefined) return;
    running.transfers += 1;
    if (isBlock) {
      running.bytes += lenBytes;
      running.isComplete = lenBytes === 0;
    }
    const isStatus = isDfu && setup.direction === 'in' && setup.request === DfuRequest.GETSTATUS;
    if (!isStatus || !running.isComplete || answer?.kind !== 'data' || answer.bytes[4] !== DfuState.dfuIDLE) return;
    const { beginMs, bytes, transfers } = running;
    this.#seen.push({ beginMs, endMs: nowMs, bytes, transfers });
    this.#running = undefined;
  }
}
