import type { FlashArea } from '../flash-area.ts';
import type { Slot } from './slot.ts';
import { isBegun, writeProgress, type SwapProgress } from './swap-status.ts';
import {
  eraseTrailer,
  readTrailer,
  writeImageOk,
  writeMagic,
  writeSwapSize,
  writeSwapType,
  type SwapType,
} from './trailer.ts';

/** Bytes copied by one program operation. */
const COPY_BYTES = 1024;

export interface SwapPlan {
  readonly primary: Slot;
  readonly secondary: Slot;
  readonly swapType: SwapType;
  /** The larger of both images, header to last TLV. */
  readonly copyBytes: number;
  readonly progress: SwapProgress;
  /** The running slot's trailer already holds this swap's status. */
  readonly resumed: boolean;
}

/**
 * Exchanges the images of both slots ("swap using move"): each sector of the running image moves up by one, then sector by sector
 * the staged image comes down and the old one goes to the staging slot. Every step can be repeated until its status entry is
 * written, so a power cut at any operation is resumed at the next boot.
 */
export function runSwap(plan: SwapPlan): void {
  const lastSector = Math.ceil(plan.copyBytes / plan.primary.area.sectorBytes);
  if (!plan.resumed) beginSwap(plan);
  // Until the first move is recorded the staging slot may still say "pending"; the status in the running slot takes over here.
  if (!isBegun(plan.progress)) eraseTrailer(plan.secondary);
  let { progress } = plan;
  if (progress.phase === 'move') {
    moveUp(plan, progress, lastSector);
    progress = { phase: 'swap', index: 1, step: 1 };
  }
  exchange(plan, progress, lastSector);
}

function beginSwap(plan: SwapPlan): void {
  const { primary, secondary, swapType, copyBytes } = plan;
  if (swapType === 'revert') presentRevertAsPermanent(secondary, copyBytes);
  const confirmed = readTrailer(secondary).imageOk === 'set';
  eraseTrailer(primary);
  writeSwapType(primary, swapType);
  if (confirmed) writeImageOk(primary);
  writeSwapSize(primary, copyBytes);
  writeMagic(primary);
}

/**
 * A revert is known only from the running slot's trailer, which is about to be erased. The staging slot is marked as a permanent
 * upgrade first, so that a power cut in between does not lose the decision (MCUboot, fixup_revert).
 */
function presentRevertAsPermanent(secondary: Slot, copyBytes: number): void {
  eraseTrailer(secondary);
  writeImageOk(secondary);
  writeSwapSize(secondary, copyBytes);
  writeMagic(secondary);
}

function moveUp(plan: SwapPlan, from: SwapProgress, lastSector: number): void {
  const { primary } = plan;
  for (let index = from.index; index <= lastSector; index += 1) {
    const target = lastSector - index + 1;
    copySector(primary.area, target - 1, primary.area, target);
    writeProgress(primary, { phase: 'move', index, step: 1 });
  }
}

function exchange(plan: SwapPlan, from: SwapProgress, lastSector: number): void {
  const { primary, secondary } = plan;
  for (let { index } = from; index <= lastSector; index += 1) {
    const firstStepDone = index === from.index && from.step === 2;
    if (!firstStepDone) {
      copySector(secondary.area, index - 1, primary.area, index - 1);
      writeProgress(primary, { phase: 'swap', index, step: 1 });
    }
    copySector(primary.area, index, secondary.area, index - 1);
    writeProgress(primary, { phase: 'swap', index, step: 2 });
  }
}

function copySector(from: FlashArea, fromSector: number, to: FlashArea, toSector: number): void {
  to.eraseSector(toSector);
  const { sectorBytes } = to;
  for (let offset = 0; offset < sectorBytes; offset += COPY_BYTES) {
    const lenBytes = Math.min(COPY_BYTES, sectorBytes - offset);
    to.program(toSector * sectorBytes + offset, from.read(fromSector * sectorBytes + offset, lenBytes));
  }
}
