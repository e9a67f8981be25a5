import type { DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import type { SimulatorClock } from '../clock.ts';
import type { ControlOutcome, ControlSetup } from '../control.ts';
import type { AlternateSetting } from '../unit-requests.ts';
import type { ImageStream, StreamSnapshot } from './image-stream.ts';
import type { ZephyrOptions } from './options.ts';

/** What of a DFU function outlives the host program. */
export interface ZephyrDfuSnapshot {
  readonly shows: 'run-time' | 'dfu';
  readonly state: DfuState;
  readonly status: DfuStatus;
  readonly alternate: number;
  /** Bytes of the upload under way. */
  readonly sentBytes: number;
  readonly block: number;
  readonly stream: StreamSnapshot;
  /** `legacy` and `2.5`: the slot that the next upload reads. */
  readonly slot?: 0 | 1;
}

/** The DFU function of a Zephyr application: one state machine for run-time and DFU mode, as there. */
export interface ZephyrDfu extends AlternateSetting {
  readonly state: DfuState;
  /** Which descriptors it has at the moment; those that a host has read may be older. */
  readonly shows: 'run-time' | 'dfu';
  /** A class request to its interface. */
  handle(setup: ControlSetup, data: Uint8Array): ControlOutcome;
  busReset(): void;
  /** Starts the timers again that a restored state depends on. */
  resume(): void;
  snapshot(): ZephyrDfuSnapshot;
  restore(snapshot: ZephyrDfuSnapshot): void;
}

/** What a DFU function reaches of its unit. */
export interface ZephyrDfuParts {
  readonly options: ZephyrOptions;
  readonly clock: SimulatorClock;
  readonly stream: ImageStream;
  /** Size of a slot as the unit has it in its map. */
  readonly slotBytes: number;
  readSlot(slot: 0 | 1, offset: number, lenBytes: number): Uint8Array;
  /** boot_erase_img_bank; returns false where the flash fails. */
  eraseSlot1(): boolean;
  /** boot_request_upgrade; returns false where it fails. */
  requestUpgrade(): boolean;
  /** Flash time used since the last call, in milliseconds. */
  takeWorkMs(): number;
  later(durationMs: number, work: () => void): void;
  /** Leaves the bus and comes back with what it shows now. */
  reenumerate(): void;
  reboot(): void;
  /** Something durable has changed. */
  changed(): void;
}
