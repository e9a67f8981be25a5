import type { Fault } from '../../simulator/faults.ts';

/** Blocks that are written before a fault of the download comes: some bar is to be seen first. */
const SOME_BLOCKS = 20;

/**
 * What can be made to go wrong at the training bench, by an id for which the window has words. Each is something that happens at real
 * benches, and that the job must come through or end honestly.
 */
export const trainingFaults: Readonly<Record<string, Fault>> = {
  'cable-pulled-and-back': { kind: 'unplug', transfer: 'DNLOAD', nth: SOME_BLOCKS, replugAfterMs: 4000 },
  'cable-pulled': { kind: 'unplug', transfer: 'DNLOAD', nth: SOME_BLOCKS },
  'power-cut': { kind: 'power-cut', flashOperation: 2 * SOME_BLOCKS, restoreAfterMs: 4000 },
  'transfer-stalls': { kind: 'stall', transfer: 'DNLOAD', nth: SOME_BLOCKS },
  'no-answer': { kind: 'timeout', transfer: 'DNLOAD', nth: SOME_BLOCKS },
  'bit-flipped-on-write': { kind: 'corrupt-write', transfer: 'DNLOAD', nth: SOME_BLOCKS },
  'bit-flipped-on-read': { kind: 'corrupt-read', transfer: 'UPLOAD', nth: SOME_BLOCKS },
  'flash-fails': { kind: 'flash-failure', flashOperation: 2 * SOME_BLOCKS },
  'no-return-after-reset': { kind: 'no-return' },
  'other-serial-after-reset': { kind: 'other-serial', serial: 'PUMP-9999' },
  'other-version-after-reset': { kind: 'false-version', version: '9.9.9', from: 'reset' },
};
