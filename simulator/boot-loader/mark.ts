import type { Slot } from './slot.ts';
import { readTrailer, writeImageOk, writeMagic, writeSwapType } from './trailer.ts';

/**
 * Asks for one trial boot of the staged image, or for a permanent swap (boot_set_pending). A trailer with a good magic is left as
 * it is, whatever else it says. Returns false where the trailer is damaged; the slot is erased then, as the real one does, so that
 * the next download starts clean.
 */
export function markPending(secondary: Slot, swap: 'test' | 'perm' = 'test'): boolean {
  const { magic } = readTrailer(secondary);
  if (magic === 'good') return true;
  if (magic === 'bad') {
    secondary.area.eraseAll();
    return false;
  }
  writeMagic(secondary);
  if (swap === 'perm') writeImageOk(secondary);
  writeSwapType(secondary, swap);
  return true;
}

/** Makes the running image permanent (boot_set_confirmed). Returns false where a swap is unfinished or the trailer damaged. */
export function confirmRunning(primary: Slot): boolean {
  const trailer = readTrailer(primary);
  if (trailer.magic === 'unset' || trailer.imageOk === 'set') return true;
  if (trailer.magic === 'bad' || trailer.copyDone !== 'set') return false;
  writeImageOk(primary);
  return true;
}
