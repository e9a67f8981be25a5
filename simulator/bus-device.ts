import type { ControlAnswer, ControlSetup } from './control.ts';
import type { DescriptorSet } from './descriptor-set.ts';
import type { FaultPlan } from './faults.ts';

/** The socket that a device is plugged into. */
export interface BusLink {
  /** The device drops off the bus and comes back after `bootMs` if it can then be seen. */
  reenumerate(bootMs: number): void;
  /** The same, but it comes back at another position, which must be free. */
  reenumerateAt(position: string, bootMs: number): void;
  /** Does `work` after a time, if the device is still plugged in here. */
  later(durationMs: number, work: () => void): void;
}

/**
 * What a bus needs of a virtual device: the in-process bus (usb-bus.ts) and a USB/IP server can plug in whatever has this. The
 * bus asks `faults` before each transfer (`takeForTransfer`); everything else about a device's faults is its own matter.
 */
export interface BusDevice {
  readonly faults: FaultPlan;
  /** Set by the bus while the device is plugged in. */
  link: BusLink | undefined;
  /** What the device shows now; undefined while nothing of it can be seen (no power, or a firmware that hangs). */
  readonly descriptors: DescriptorSet | undefined;
  /** The supply comes; a device that has power already goes on where it was. */
  powerOn(): void;
  /** The supply goes: only what is durable stays. */
  powerOff(): void;
  /** Bus reset (USB 2.0 §7.1.7.5). A device that looks different afterwards calls `link.reenumerate`. */
  usbReset(): void;
  /** Answers one control transfer, and does what follows from it. Undefined: the power went while the device worked on it. */
  control(setup: ControlSetup, data: Uint8Array): ControlAnswer | undefined;
  /** Time that the device has worked since the last call, in milliseconds: what its boot adds to its return. */
  takeWorkMs(): number;
}
