import type { PlaceLabel } from '../../contract/schema/bench-place.ts';
import type { DeviceState, MissingProtection } from '../../contract/schema/device.ts';
import type { Result } from '../../contract/result.ts';
import type { ProfilePin } from './profile/profile-pin.ts';

/** Who a unit is. The port path plus the serial; never the serial alone, since clones with equal serials exist. */
export interface TargetIdentity {
  readonly position: string;
  /** How people call the position; for sentences only. */
  readonly place?: PlaceLabel;
  readonly serial: string;
  readonly profile: string;
}

export type UnitMode = 'runtime' | 'dfu';

/** Called as bytes cross the bus; `doneBytes` never goes back within one call. */
export type TransferProgress = (doneBytes: number, totalBytes: number) => void;

/**
 * Asks the person at the bench to do something, in words; the answer takes the request back, once it was done or is of no use any
 * more. Where a step is given none, it refuses with `device.power-cycle-needed` instead of waiting.
 */
export type AskPerson = (kind: 'power-cycle', text: string) => () => void;

/**
 * One unit that the job engine can update, whatever its boot scheme. Each call is one step of the flow in ARCHITECTURE.md;
 * none of them retries by itself, and each refuses with a `device.…` code and leaves the running slot alone.
 */
export interface UpdateTarget {
  readonly identity: TargetIdentity;

  /**
   * The unit answers and is the one that its descriptors say; what it does is not disturbed. Answers its USB mode. Refuses with `device.other-unit`,
   * `device.wrong-product`, or as descriptors, answers and transfers do.
   */
  identify(): Promise<Result<UnitMode>>;

  /**
   * Reads the unit: hardware, slots with versions, boot state, self-test. Never answers from a cache. Where the profile says
   * `readsInUpdateMode`, a unit in operation is taken out of it for that.
   */
  readState(signal?: AbortSignal): Promise<Result<DeviceState>>;

  /** Brings the unit into the mode in which its staging slot can be written (bootstrap: run-time → DFU). */
  enterUpdateMode(signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>>;

  /**
   * Writes `lenBytes` from `image` to the slot that is the staging one for the logical `slot` now. The write is finished, or,
   * where the profile says that manifestation marks the image, everything is done but that.
   * Refuses before the first byte where the slot is the running one or has no room. A RefusalError that `image` throws is
   * returned as its refusal, any other error is thrown on after the unit was led back to idle.
   */
  stage(
    slot: string,
    image: AsyncIterable<Uint8Array>,
    lenBytes: number,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>>;

  /** Reads the first `lenBytes` of the staging slot back as a stream of chunks; refuses where the unit cannot upload. */
  readBack(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>>;

  /** Reads the first `lenBytes` of the running slot as a stream of chunks, in DFU mode; refuses where the unit cannot upload. */
  readRunning(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>>;

  /**
   * Marks the staging slot pending for one test boot, by a request or by the manifestation that ends the write (profile `pendingBy`),
   * and checks it.
   */
  markPending(slot: string): Promise<Result<void>>;

  /**
   * Resets the unit and waits until the same unit is back at the same position and answers. One that only a power cycle resets is
   * waited for until its profile's `personMs` is over. Refuses with `device.no-contact`,
   * `device.other-unit`, `device.wrong-product` or `device.cancelled`; a unit that did not take the reset, with that fault.
   */
  reboot(deadlineMs: number, signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>>;

  /** Makes the running test image permanent, where the profile says that the station confirms. */
  confirm(): Promise<Result<void>>;

  /** Releases the unit; safe to call twice and after unplug. */
  close(): Promise<void>;
}

/** What the profile says of who does what; the engine follows it, the transport does not. */
export interface TargetProfile {
  readonly id: string;
  readonly product: string;
  readonly confirmedBy: 'device' | 'station';
  /** What marks a staged image for its test boot: a request of its own, or already the end of the download. */
  readonly pendingBy: 'request' | 'manifestation';
  readonly canReadBack: boolean;
  /** What the unit runs and holds can be read in update mode only. */
  readonly readsInUpdateMode: boolean;
  readonly selfTestDeadlineMs: number;
  readonly rebootDeadlineMs: number;
  /** What units of this kind do not give; every job and every paper says so. */
  readonly missingProtections: readonly MissingProtection[];
  /** Reading its slots takes a unit out of operation for a moment, and starts it again. */
  readonly readingRestarts: boolean;
  /** A unit of this kind has one slot, which is written while nothing runs from it: only a recovery may do that. */
  readonly isRecoveryOnly: boolean;
  /** Where in a raw image file the MCUboot image begins by which it is known afterwards; null where the file is the image. */
  readonly rawImageOffset: number | null;
}

/** A unit that one job holds, and what its kind is like. */
export interface OpenedUnit {
  readonly target: UpdateTarget;
  readonly profile: TargetProfile;
  /** By which profile it is driven. */
  readonly pin: ProfilePin;
}

/** What a job knows of a unit before it is opened, for a unit that sits in a ROM boot loader and cannot say it itself. */
export interface KnownUnit {
  /** Product that the job's bundle is for. */
  readonly product: string | null;
  /** Serial number that the unit had when the job began with it, or that the operator stated. */
  readonly serial: string | null;
  /** Hash TLV of the image that the job has activated, hex: the unit runs it on trial until the station confirms it. */
  readonly trialHash: string | null;
  /** The profile by which the job has driven the unit so far; left out before its preflight. */
  readonly pin?: ProfilePin | undefined;
}

/** Finds units and opens them. The engine and the operations see only this. */
export interface DeviceBench {
  /** Opens the unit at a position, or refuses with `device.not-found`, `device.no-profile`, `device.access-denied`, … */
  open(position: string, known?: KnownUnit): Promise<Result<OpenedUnit>>;
}
