import { ERASED } from '../flash.ts';
import type { Slot } from './slot.ts';
import { readTrailer, writeField, type SwapType } from './trailer.ts';

/**
 * How far a swap has come. "Move" shifts the running image up by one sector, last sector first (`index` counts from 1);
 * "swap" then exchanges sector by sector, each in two steps (`step` 1 and 2). `index` and `step` name what is to be done next.
 */
export interface SwapProgress {
  readonly phase: 'move' | 'swap';
  readonly index: number;
  readonly step: 1 | 2;
}

export const SWAP_NOT_BEGUN: SwapProgress = { phase: 'move', index: 1, step: 1 };

export function isBegun(progress: SwapProgress): boolean {
  return progress.phase === 'swap' || progress.index > 1;
}

/**
 * The swap that a power cut interrupted, or undefined. Its status stands in the running slot's trailer, and counts only while the
 * staging slot's magic is gone: a trailer that was being erased for a new swap is never taken for one (MCUboot, swap_status_source).
 */
export function findInterruptedSwap(
  primary: Slot,
  secondary: Slot,
): { readonly progress: SwapProgress; readonly swapType: SwapType } | undefined {
  const trailer = readTrailer(primary);
  if (trailer.magic !== 'good' || trailer.copyDone !== 'unset') return undefined;
  if (readTrailer(secondary).magic === 'good') return undefined;
  return { progress: readProgress(primary), swapType: trailer.swapType };
}

/** Records that the step which `progress` names is done. */
export function writeProgress(primary: Slot, progress: SwapProgress): void {
  writeField(primary, entryOffset(primary, entryIndex(primary, progress)), [progress.step]);
}

function readProgress(primary: Slot): SwapProgress {
  const entries = 3 * maxSectors(primary);
  let done = entries;
  while (done > 0 && primary.area.read(entryOffset(primary, done - 1), 1)[0] === ERASED) done -= 1;
  const moves = maxSectors(primary);
  if (done < moves) return { phase: 'move', index: done + 1, step: 1 };
  const steps = done - moves;
  return { phase: 'swap', index: Math.floor(steps / 2) + 1, step: steps % 2 === 0 ? 1 : 2 };
}

/** One entry for each move, then two for each exchange. */
function entryIndex(primary: Slot, progress: SwapProgress): number {
  if (progress.phase === 'move') return progress.index - 1;
  return maxSectors(primary) + (progress.index - 1) * 2 + (progress.step - 1);
}

function entryOffset(primary: Slot, entry: number): number {
  return primary.trailer.statusOffset + entry * primary.area.writeAlignBytes;
}

function maxSectors(primary: Slot): number {
  const statusBytes = primary.trailer.swapSizeOffset - primary.trailer.statusOffset;
  return statusBytes / (3 * primary.area.writeAlignBytes);
}
