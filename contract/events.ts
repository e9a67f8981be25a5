import type { ErrorCode } from './error-code.ts';
import type { ImportStep } from './schema/bundle-import.ts';
import type { PlaceLabel } from './schema/bench-place.ts';
import type { BenchUnit } from './schema/device.ts';
import type { StandingOrderView } from './schema/standing-order.ts';
import type { UpdateJobView } from './schema/update-job.ts';

/** Progress inside a phase, at most 20 times a second for each job beside the last of a phase; `doneBytes` never goes back within one attempt of a phase. Times are the station's monotonic clock. */
export interface JobProgressEvent {
  readonly type: 'job.progress';
  readonly jobId: string;
  readonly phase: 'stage' | 'verify';
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly atMs: number;
}

/** A job was written: opened, moved, or a fact was recorded. */
export interface JobWrittenEvent {
  readonly type: 'job.written';
  readonly job: UpdateJobView;
}

/** A standing order was opened, has started a unit, or was closed. */
export interface OrderWrittenEvent {
  readonly type: 'order.written';
  readonly order: StandingOrderView;
}

/** A unit came to a position with a standing order and was not started, for the reason given. */
export interface OrderWithheldEvent {
  readonly type: 'order.withheld';
  readonly orderId: string;
  readonly position: string;
  readonly place: PlaceLabel | null;
  readonly serial: string | null;
  readonly code: ErrorCode;
  readonly reason: string;
}

/** What became of an import. `code` and `reason` as its caller is told; no path stands in them. */
export type ImportOutcome =
  | { readonly kind: 'imported'; readonly digest: string; readonly alreadyPresent: boolean }
  | { readonly kind: 'refused' | 'cancelled'; readonly code: ErrorCode; readonly reason: string };

/**
 * Where an import stands: told when a step begins, at most 20 times a second inside of one, and once at its end. Each event says all of it.
 * Times are the station's monotonic clock.
 */
export interface BundleImportEvent {
  readonly type: 'bundle.import';
  readonly importId: string;
  /** Whoever asked for it. */
  readonly operatorId: string;
  /** Last part of the file's path. */
  readonly file: string;
  /** The step at hand; after the end, the one that it ended in. */
  readonly step: ImportStep;
  /** Steps that have passed, in their order. */
  readonly past: readonly { readonly step: ImportStep; readonly tookMs: number }[];
  /** Of the step at hand; both 0 where it does not count bytes. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly atMs: number;
  /** Since it was asked for. */
  readonly elapsedMs: number;
  /** Null while it waits or is under way. */
  readonly outcome: ImportOutcome | null;
}

/** A unit came to the bench or left it. One that restarts leaves and arrives, mostly under another USB address or id. */
export interface DeviceMovedEvent {
  readonly type: 'device.arrived' | 'device.left';
  readonly unit: BenchUnit;
}

/** The machine's USB cannot be read (any more), or can be read again. */
export type UsbStateEvent =
  { readonly type: 'device.no-usb'; readonly reason: string } | { readonly type: 'device.usb-ready' };

/** Told from `device.watch` on, until the station closes. */
export type DeviceEvent = DeviceMovedEvent | UsbStateEvent;

/** What the station tells its shells while operations run. Never needed for correctness: every fact is also in the rows. */
export type StationEvent =
  JobProgressEvent | JobWrittenEvent | OrderWrittenEvent | OrderWithheldEvent | BundleImportEvent | DeviceEvent;
