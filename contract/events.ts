import type { BenchUnit } from './schema/device.ts';
import type { UpdateJobView } from './schema/update-job.ts';

/** Progress inside a phase; `doneBytes` never goes back within one attempt of a phase. Times are the station's monotonic clock. */
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
export type StationEvent = JobProgressEvent | JobWrittenEvent | DeviceEvent;
