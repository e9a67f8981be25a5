import type { Result } from '../../../../contract/result.ts';

/** The unit whose page is held. */
export interface PageOwner {
  readonly profile: string;
  readonly serial: string;
}

/**
 * The first page of bank 2, in the station's hands while the bank in the unit lacks its beginning: from the staging of an image
 * until it is confirmed, or from the moment before it is taken away until it is put back.
 */
export interface HeldPage extends PageOwner {
  /** What the ROM calls the part; null for one without a serial number. */
  readonly romSerial: string | null;
  readonly startAddress: number;
  readonly bytes: Buffer;
  /** Hash TLV of the image that begins with the page, hex; null where it has none. */
  readonly imageHash: string | null;
  /** Hash TLV of the image that a job tries out meanwhile; the page belongs to no other job. */
  readonly trialHash: string | null;
}

/** Keeps one page for each unit, over restarts of the station. */
export interface HeldPages {
  /** The page is on disk, durably, when this accepts. Refuses with `device.page-not-kept`. */
  keep(page: HeldPage): Result<void>;
  /** Null where none is held. Refuses with `device.page-missing` what is not as it was written. */
  find(owner: PageOwner): Result<HeldPage | null>;
  /** Refuses with `device.page-not-kept` where the file system does not let it go. */
  drop(owner: PageOwner): Result<void>;
}
