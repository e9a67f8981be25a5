import type { KeyObject } from 'node:crypto';
import { ERASED } from '../flash.ts';
import { checkImage, type ImageVerdict } from './image-check.ts';
import { NON_BOOTABLE_FLAG, parseHeader, parseImage, readSecurityCounter, type ParsedImage } from './image.ts';
import { maxImageBytes, type Slot } from './slot.ts';
import { findInterruptedSwap, isBegun, SWAP_NOT_BEGUN, type SwapProgress } from './swap-status.ts';
import { runSwap } from './swap-move.ts';
import { nextSwapType } from './swap-type.ts';
import { eraseTrailer, readSwapSize, readTrailer, writeCopyDone, writeImageOk, type SwapType } from './trailer.ts';

/** One-way counter in the boot loader's own protected memory; it survives everything and never goes back. */
export interface CounterStore {
  read(): number;
  raise(counter: number): void;
}

export interface BootLoader {
  readonly primary: Slot;
  readonly secondary: Slot;
  readonly publicKey: KeyObject;
  readonly counter: CounterStore;
  readonly downgradePrevention: boolean;
}

export interface BootOutcome {
  /** The image to run, or undefined where the running slot holds none that may boot. */
  readonly image: ParsedImage | undefined;
  /** The swap done in this boot. */
  readonly swapType: SwapType;
  /** Why a staged image was refused. For tests only: like the real one, the unit keeps no record of it. */
  readonly refusal: string | undefined;
}

interface SwapDecision {
  readonly swapType: SwapType;
  readonly progress: SwapProgress;
  readonly resumed: boolean;
  readonly copyBytes: number;
  readonly refusal?: string;
}

/**
 * One boot: finishes an interrupted swap or decides on a new one, swaps, and checks the running slot
 * (MCUboot, context_boot_go in swap-using-move mode with MCUBOOT_VALIDATE_PRIMARY_SLOT).
 */
export function boot(loader: BootLoader): BootOutcome {
  const decision = decideSwap(loader);
  if (decision.swapType !== 'none') finishSwap(loader, decision);
  const verdict = checkSlot(loader, loader.primary);
  if (verdict.ok) raiseCounter(loader, verdict.image);
  return {
    image: verdict.ok ? verdict.image : undefined,
    swapType: decision.swapType,
    refusal: decision.refusal,
  };
}

/** Checks a slot's image against what is burnt into the boot loader. */
export function checkSlot(loader: BootLoader, slot: Slot): ImageVerdict {
  return checkImage(slot.area.read(0, slot.area.sizeBytes), {
    publicKey: loader.publicKey,
    minimumCounter: loader.downgradePrevention ? loader.counter.read() : undefined,
    maxBytes: maxImageBytes(slot),
  });
}

function decideSwap(loader: BootLoader): SwapDecision {
  const { primary, secondary } = loader;
  const interrupted = findInterruptedSwap(primary, secondary);
  if (interrupted !== undefined && isBegun(interrupted.progress)) {
    return { ...interrupted, resumed: true, copyBytes: readSwapSize(primary) };
  }
  const resumed = interrupted !== undefined && interrupted.swapType !== 'none';
  const swapType = resumed ? interrupted.swapType : nextSwapType(readTrailer(primary), readTrailer(secondary));
  const none = { swapType: 'none', progress: SWAP_NOT_BEGUN, resumed: false, copyBytes: 0 } as const;
  if (swapType === 'none') return none;
  if (!hasBootableHeader(secondary)) {
    // Half of an erased image: a trailer left behind would ask for this swap at every boot.
    if (readTrailer(secondary).magic !== 'unset') eraseTrailer(secondary);
    return none;
  }
  const verdict = checkSlot(loader, secondary);
  if (!verdict.ok) {
    refuseStaged(loader, resumed);
    return { ...none, refusal: verdict.fault };
  }
  const copyBytes = Math.max(imageBytes(primary), verdict.image.lenBytes);
  if (copyBytes > maxImageBytes(primary)) return { ...none, refusal: 'no room to swap' };
  return { swapType, progress: SWAP_NOT_BEGUN, resumed, copyBytes };
}

function finishSwap(loader: BootLoader, decision: SwapDecision): void {
  const { primary, secondary } = loader;
  runSwap({ primary, secondary, ...decision });
  const permanent = decision.swapType === 'revert' || decision.swapType === 'perm';
  if (permanent && readTrailer(primary).imageOk === 'unset') writeImageOk(primary);
  writeCopyDone(primary);
}

/**
 * Erases the whole staging slot and makes the running image permanent, so that nothing is tried again. Nobody is told: the host
 * finds out by comparing versions.
 */
function refuseStaged(loader: BootLoader, resumed: boolean): void {
  loader.secondary.area.eraseAll();
  const trailer = readTrailer(loader.primary);
  if (trailer.imageOk === 'unset') writeImageOk(loader.primary);
  if (resumed) writeCopyDone(loader.primary);
}

/** The counter follows a confirmed image only, so that a trial image can still revert to an older one. */
function raiseCounter(loader: BootLoader, image: ParsedImage): void {
  const trailer = readTrailer(loader.primary);
  if (trailer.magic === 'good' && trailer.imageOk !== 'set') return;
  const counter = readSecurityCounter(image);
  if (counter !== undefined && counter > loader.counter.read()) loader.counter.raise(counter);
}

function hasBootableHeader(slot: Slot): boolean {
  const start = slot.area.read(0, 32);
  if (start.subarray(0, 4).every((byte) => byte === ERASED)) return false;
  const header = parseHeader(start);
  return header === undefined || (header.flags & NON_BOOTABLE_FLAG) === 0;
}

function imageBytes(slot: Slot): number {
  const parsed = parseImage(slot.area.read(0, slot.area.sizeBytes));
  return parsed.ok ? parsed.image.lenBytes : 0;
}
