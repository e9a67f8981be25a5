import { DfuAttribute } from '../../core/device/dfu/constants.ts';

/**
 * Zephyr's USB DFU class as it was built into products: `2.5` (measured), `legacy` (later releases of the same class), `next`
 * (the class of the device_next stack).
 */
export type ZephyrGeneration = '2.5' | 'legacy' | 'next';

/** What one generation has by default, before a product configures it. */
export interface GenerationTraits {
  readonly manufacturer: string;
  readonly product: string;
  /** wTransferSize. */
  readonly transferBytes: number;
  /** bwPollTimeout, the same in every state. */
  readonly pollMs: number;
  /** wDetachTimeOut. */
  readonly detachTimeoutMs: number;
  /** Whether a host may upload. */
  readonly upload: boolean;
  /** Leaves the bus by itself after DETACH; otherwise it waits for a bus reset. */
  readonly willDetach: boolean;
}

export const generationTraits: Readonly<Record<ZephyrGeneration, GenerationTraits>> = {
  '2.5': {
    manufacturer: 'ZEPHYR',
    product: 'Zephyr DFU sample',
    transferBytes: 128,
    pollMs: 256,
    detachTimeoutMs: 1000,
    upload: true,
    willDetach: false,
  },
  legacy: {
    manufacturer: 'ZEPHYR',
    product: 'Zephyr DFU sample',
    transferBytes: 128,
    pollMs: 8,
    detachTimeoutMs: 100,
    upload: false,
    willDetach: true,
  },
  next: {
    manufacturer: 'Zephyr Project',
    product: 'USBD sample',
    transferBytes: 512,
    pollMs: 100,
    detachTimeoutMs: 0,
    upload: true,
    willDetach: true,
  },
};

/** How long a unit that detaches itself waits, so that the host gets the answer to DETACH. */
export const DETACH_DELAY_MS = 100;
/** The same before it reboots out of dfuMANIFEST-WAIT-RESET. */
export const REBOOT_DELAY_MS = 500;

/** bmAttributes of the functional descriptor. A unit that reboots after the download is not manifestation tolerant. */
export function attributesOf(options: {
  readonly generation: ZephyrGeneration;
  readonly upload: boolean;
  readonly afterDownload: 'idle' | 'reboot';
}): number {
  return (
    DfuAttribute.canDownload |
    (options.upload ? DfuAttribute.canUpload : 0) |
    (options.afterDownload === 'idle' ? DfuAttribute.manifestationTolerant : 0) |
    (generationTraits[options.generation].willDetach ? DfuAttribute.willDetach : 0)
  );
}
