import type { McubootUnitOptions } from '../mcuboot-unit.ts';
import { generationTraits, type ZephyrGeneration } from './generation.ts';

/** Everything that distinguishes one Zephyr unit from another. Plain JSON. */
export interface ZephyrOptions extends McubootUnitOptions {
  readonly generation: ZephyrGeneration;
  readonly vendorId: number;
  readonly applicationProductId: number;
  readonly dfuProductId: number;
  readonly transferBytes: number;
  readonly pollMs: number;
  readonly upload: boolean;
  /** How a finished download is marked; `nothing`: the application of `next` leaves that to somebody else. */
  readonly marks: 'test' | 'perm' | 'nothing';
  /** `legacy` may be built to reboot by itself: dfuMANIFEST-WAIT-RESET, and the boot 500 ms later. */
  readonly afterDownload: 'idle' | 'reboot';
  /** Whether the application writes image_ok once its self-test has passed. */
  readonly confirms: 'after-self-test' | 'never';
  /** `progressive`: each page before it is written, and the trailer's; `whole-slot`: everything before the first block. */
  readonly erase: 'progressive' | 'whole-slot';
  /** `next` may show slot 0 too, between the RAM disk and slot 1; what is downloaded to it lands in slot 1. */
  readonly slot0Alternate: boolean;
  /** What a bus reset in DFU mode does: nothing, as in every sample application, or it starts the boot loader anew. */
  readonly busReset: 'ignored' | 'boots';
  /** The sample application of `next` shows no serial in DFU mode: false. */
  readonly serialInDfuMode: boolean;
}

export type ZephyrIdentity = Pick<ZephyrOptions, 'serial' | 'imagePublicKey' | 'generation'>;

/** Zephyr's own IDs; a product has others. */
const DEFAULTS = {
  hardware: 'vu-a',
  vendorId: 0x2fe3,
  applicationProductId: 0x0005,
  dfuProductId: 0xffff,
  slotBytes: 512 * 1024,
  sectorBytes: 4096,
  marks: 'test',
  afterDownload: 'idle',
  confirms: 'after-self-test',
  erase: 'progressive',
  slot0Alternate: false,
  busReset: 'ignored',
  serialInDfuMode: true,
  // MCUboot has to be built with it.
  downgradePrevention: false,
  seed: 1,
} as const;

/** A unit of the generation as its sample application has it, with what is given in place of the defaults. Throws where that cannot be built. */
export function completeZephyrOptions(given: ZephyrIdentity & Partial<ZephyrOptions>): ZephyrOptions {
  const { transferBytes, pollMs, upload } = generationTraits[given.generation];
  const options: ZephyrOptions = { ...DEFAULTS, transferBytes, pollMs, upload, ...given };
  const { generation } = options;
  if (options.transferBytes < 64 || options.transferBytes > 4096) {
    throw new RangeError(`wTransferSize ${options.transferBytes} is not within 64 to 4096`);
  }
  if (options.marks === 'nothing' && generation !== 'next')
    throw new RangeError(`${generation} always marks the image`);
  if (options.marks === 'perm' && generation === '2.5') throw new RangeError('2.5 marks an image for a trial only');
  if (options.afterDownload === 'reboot' && generation !== 'legacy') {
    throw new RangeError(`${generation} does not reboot after a download`);
  }
  if (options.slot0Alternate && generation !== 'next') throw new RangeError(`${generation} always shows slot 0`);
  if (!options.upload && generation === '2.5') throw new RangeError('2.5 cannot be built without upload');
  if (options.erase === 'whole-slot' && generation === 'next') throw new RangeError('next erases page by page only');
  return options;
}
