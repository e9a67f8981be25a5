import { DfuAttribute } from '../../core/device/dfu/constants.ts';

/** Where the STM32 families have their internal flash and their memory of one-word option lines. */
export const FLASH_ADDRESS = 0x0800_0000;
export const OPTION_ADDRESS = 0x1fff_7800;
export const RAM_ADDRESS = 0x2000_0000;

/** Everything that distinguishes one virtual STM32 from another. Plain JSON. */
export interface Stm32Options {
  /** What the application says on the bus. */
  readonly serial: string;
  /** What the ROM boot loader says: twelve hexadecimal digits made of the part's unique id, another number than the unit's. */
  readonly romSerial: string;
  readonly applicationVendorId: number;
  readonly applicationProductId: number;
  readonly pageBytes: number;
  readonly bankBytes: number;
  readonly banks: 1 | 2;
  /**
   * What bit 20 of the option word does. `bfb2`: the ROM starts bank 2 if something valid is in it, otherwise bank 1 (AN2606).
   * `swap-bank`: bank 2 stands at the addresses of bank 1, and the other way round. `none`: nothing.
   */
  readonly bankSelect: 'none' | 'bfb2' | 'swap-bank';
  /** What the ROM takes for RAM: a bank whose first word lies in it holds something to start. */
  readonly ramBytes: number;
  /**
   * What may be programmed over what is not erased. `zeros`: flash with an error-correcting code, whose double words take nothing
   * but zeros then (RM0351 §3.3.7). `bits`: any bit may be cleared. `nothing`: not even zeros.
   */
  readonly overwrites: 'zeros' | 'bits' | 'nothing';
  /** From a bank's start to the MCUboot image in it; in front of it are the vectors. */
  readonly imageOffset: number;
  /** `hidden`: all alternates are the internal flash under one string, and option bytes are out of reach (STM32G0B1). */
  readonly optionAlternate: 'reachable' | 'hidden';
  /** In place of the layout string that follows from the geometry. */
  readonly flashLayout?: string;
  /** wTransferSize of the ROM. */
  readonly transferBytes: number;
  /** bmAttributes of the ROM. */
  readonly attributes: number;
  /** bmAttributes of the application's run-time interface. */
  readonly applicationAttributes: number;
  /** Found in dfuERROR, errFIRMWARE, after it came up, as many ROM boot loaders are. */
  readonly startsInError: boolean;
  /** What multiplies the block number: what the descriptor states, or the length of this transfer. */
  readonly addressedBy: 'descriptor' | 'transfer';
  /** The page that was erased last is where block number 2 goes from then on, as with ST's USB device library (data_ptr). */
  readonly eraseMovesPointer: boolean;
  /** How it answers while it is busy: `status` with the time that is left, `stall` as some STM32L4. */
  readonly whileBusy: 'status' | 'stall';
  /** The empty download itself makes it leave: no status is answered after it (GD32). */
  readonly leavesAtOnce: boolean;
  /** How it starts what it was told to: by a jump, or by a restart in which BOOT0 counts again. */
  readonly leavesBy: 'jump' | 'restart';
  /** Where nothing valid is in flash the ROM stays, otherwise the part hangs until its supply goes. */
  readonly emptyCheck: boolean;
  readonly erasePageMs: number;
  readonly massEraseMs: number;
  readonly programMsPerKib: number;
  /** bwPollTimeout that it states for a mass erase; left out: the true one. */
  readonly massErasePollMs?: number;
  /** Seed of torn writes. */
  readonly seed: number;
}

export type Stm32Identity = Pick<Stm32Options, 'serial'>;

const DEFAULTS: Omit<Stm32Options, keyof Stm32Identity> = {
  romSerial: '306B34663038',
  applicationVendorId: 0x1209,
  applicationProductId: 0x0003,
  pageBytes: 2048,
  bankBytes: 64 * 1024,
  banks: 2,
  bankSelect: 'bfb2',
  ramBytes: 320 * 1024,
  overwrites: 'zeros',
  imageOffset: 2048,
  optionAlternate: 'reachable',
  transferBytes: 2048,
  attributes: DfuAttribute.canDownload | DfuAttribute.canUpload | DfuAttribute.willDetach,
  applicationAttributes: DfuAttribute.canDownload | DfuAttribute.willDetach,
  startsInError: true,
  addressedBy: 'descriptor',
  eraseMovesPointer: true,
  whileBusy: 'status',
  leavesAtOnce: false,
  leavesBy: 'jump',
  emptyCheck: true,
  erasePageMs: 22,
  massEraseMs: 45,
  programMsPerKib: 12,
  seed: 1,
};

/** A part like an STM32L4 with two small banks, with what is given in place of its defaults. */
export function completeStm32Options(given: Stm32Identity & Partial<Stm32Options>): Stm32Options {
  return { ...DEFAULTS, ...given };
}
