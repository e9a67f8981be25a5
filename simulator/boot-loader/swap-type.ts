import type { SwapType, TrailerState } from './trailer.ts';

/** What the boot loader does at the next boot, from both trailers; the first match wins (MCUboot design document, "Boot swap types"). */
export function nextSwapType(primary: TrailerState, secondary: TrailerState): SwapType {
  if (secondary.magic === 'good' && secondary.imageOk === 'unset') return 'test';
  if (secondary.magic === 'good' && secondary.imageOk === 'set') return 'perm';
  if (primary.magic === 'good' && primary.imageOk === 'unset' && primary.copyDone === 'set') return 'revert';
  return 'none';
}
