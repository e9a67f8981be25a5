import type { DfuContext, DfuLimits } from '../dfu/dfu-context.ts';

export interface DfuseLimits extends DfuLimits {
  /** Longest time for erasing all of the memory at once. */
  readonly massEraseMs: number;
}

/** A unit in DFU mode that speaks DfuSe, on the alternate setting that was selected. */
export interface DfuseContext extends DfuContext {
  readonly limits: DfuseLimits;
  /** wTransferSize of the functional descriptor, by which the unit multiplies block numbers. */
  readonly unitTransferBytes: number;
  /** Bytes in one transfer of this host: at most `unitTransferBytes`. */
  readonly blockBytes: number;
}
