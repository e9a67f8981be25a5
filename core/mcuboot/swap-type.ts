import type { SlotTrailer } from './trailer.ts';

/** What the next boot will do with the two slots. */
export type NextSwap = 'none' | 'test' | 'perm' | 'revert';

/**
 * MCUboot's table of swap types for swap by move or scratch (`boot_swap_tables` in bootutil_misc.c); the first row that matches
 * counts. A trailer is null where its magic is not good.
 */
export function nextSwap(primary: SlotTrailer | null, secondary: SlotTrailer | null): NextSwap {
  if (secondary?.imageOk === 'unset') return 'test';
  if (secondary?.imageOk === 'set') return 'perm';
  return isOnTrial(primary) ? 'revert' : 'none';
}

/** The running image was swapped in for a test boot and has not been made permanent: the next boot puts the old one back. */
export function isOnTrial(primary: SlotTrailer | null): boolean {
  return primary?.imageOk === 'unset' && primary.copyDone === 'set';
}
