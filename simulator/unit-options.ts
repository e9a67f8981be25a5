import { DfuAttribute } from '../core/device/dfu/constants.ts';
import type { FlashTime } from './flash-time.ts';
import type { PollTimes } from './poll-time.ts';

/** Everything that distinguishes one virtual unit from another. Plain JSON. */
export interface UnitOptions {
  readonly serial: string;
  readonly hardware: string;
  readonly product: string;
  /** PEM of the ECDSA P-256 key whose images the boot loader accepts. */
  readonly imagePublicKey: string;
  readonly vendorId: number;
  readonly applicationProductId: number;
  readonly dfuProductId: number;
  readonly slotBytes: number;
  /** Pages of the boot loader itself, in front of the slots; left out: they are not in this flash. */
  readonly loaderBytes?: number;
  readonly sectorBytes: number;
  /** wTransferSize. */
  readonly transferBytes: number;
  /** bmAttributes of the DFU functional descriptor. */
  readonly attributes: number;
  /** wDetachTimeOut. */
  readonly detachTimeoutMs: number;
  /** bwPollTimeout by state; 0 where not given. In dfuDNBUSY and dfuMANIFEST the unit is busy for at least that long. */
  readonly pollTimeoutMs: PollTimes;
  /** Who marks a downloaded image for its trial boot: the ACTIVATE request, or the end of the download itself. */
  readonly pendingBy: 'request' | 'manifestation';
  /** Who makes a trial image permanent after its self-test. */
  readonly confirmedBy: 'device' | 'station';
  readonly downgradePrevention: boolean;
  /** Whether download and upload blocks must be numbered in sequence. */
  readonly blockNumbers: 'ignored' | 'checked';
  /** Whether a download that is no MCUboot image, or only a part of one, is refused (errFILE, errNOTDONE). Most devices take anything. */
  readonly inspectsDownload: boolean;
  /** A firmware that hangs is reset after this time; without it only a power cycle helps. */
  readonly watchdogMs?: number;
  readonly flashTime?: FlashTime;
  /** Seed of torn writes and flipped bits. */
  readonly seed: number;
}

export type UnitIdentity = Pick<UnitOptions, 'serial' | 'imagePublicKey'>;

const DEFAULTS: Omit<UnitOptions, keyof UnitIdentity> = {
  hardware: 'vu-a',
  product: 'drydock.virtual-unit',
  vendorId: 0x1209,
  applicationProductId: 0x0001,
  dfuProductId: 0x0002,
  slotBytes: 512 * 1024,
  sectorBytes: 4096,
  transferBytes: 4096,
  attributes:
    DfuAttribute.canDownload | DfuAttribute.canUpload | DfuAttribute.manifestationTolerant | DfuAttribute.willDetach,
  detachTimeoutMs: 1000,
  pollTimeoutMs: {},
  pendingBy: 'request',
  confirmedBy: 'device',
  downgradePrevention: true,
  blockNumbers: 'ignored',
  inspectsDownload: false,
  seed: 1,
};

/** The reference unit, with what is given in place of its defaults. */
export function completeOptions(given: UnitIdentity & Partial<UnitOptions>): UnitOptions {
  const options = { ...DEFAULTS, ...given };
  if (options.transferBytes < 64 || options.transferBytes > 4096) {
    throw new RangeError(`wTransferSize ${options.transferBytes} is not within 64 to 4096`);
  }
  return options;
}
