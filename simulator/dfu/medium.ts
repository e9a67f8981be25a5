import type { DfuStatus } from '../../core/device/dfu/constants.ts';

/** What stands behind one alternate setting. Each call returns the status that the next GETSTATUS reports. */
export interface DfuMedium {
  /** iInterface of the alternate setting. */
  readonly name: string;
  /** A download begins. */
  begin(): DfuStatus;
  write(offset: number, bytes: Uint8Array): DfuStatus;
  /** The download is complete: manifestation. */
  finish(lenBytes: number): DfuStatus;
  /** Fewer bytes than asked for at the end. */
  read(offset: number, lenBytes: number): Uint8Array;
}
