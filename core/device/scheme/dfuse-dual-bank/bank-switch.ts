import type { Result } from '../../../../contract/result.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import type { TransferProgress } from '../../update-target.ts';
import type { Bank, Banks } from './read-banks.ts';

export interface BankWrite {
  readonly image: AsyncIterable<Uint8Array>;
  readonly lenBytes: number;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

export interface BankRead {
  readonly lenBytes: number;
  readonly chunk: (bytes: Uint8Array) => void;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What makes a part start the other bank, and how a bank is written without that it is started before its time. Each call is a step
 * in the ROM. `trialHash`: hash TLV of the image that the job has activated, null before that.
 */
export interface BankSwitch {
  /** True where the part restarts by it. */
  readonly restarts: boolean;
  /** Which bank is started next. Refuses with `device.boot-bank-unclear`, or as reading does. */
  readBanks(rom: DfuseSession, trialHash: string | null): Promise<Result<Banks>>;
  /** Writes an image to the bank that does not run. Refuses as `DfuseSession.writeSlot`. */
  stage(rom: DfuseSession, banks: Banks, write: BankWrite): Promise<Result<void>>;
  /** Reads back what was staged. Refuses as `DfuseSession.read`. */
  readStaged(rom: DfuseSession, banks: Banks, read: BankRead): Promise<Result<void>>;
  /**
   * The part would start what was staged, and all that the way there and back needs is in the station's hands. Refuses with
   * `device.not-pending`, `device.page-…`, or as reading does.
   */
  prepare(rom: DfuseSession, banks: Banks): Promise<Result<void>>;
  /** Makes the part start `bank` next. The bank that it started before still holds its image, or the station does. */
  throwTo(rom: DfuseSession, banks: Banks, bank: Bank, trialHash: string | null): Promise<Result<void>>;
  /** What must be put right before the ROM is left. */
  beforeStart(rom: DfuseSession, banks: Banks): Promise<Result<void>>;
  /** The image on trial stays. */
  confirm(): void;
}
