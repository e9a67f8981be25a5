import type { FuzzTarget } from '../target.ts';

const kept: Uint8Array[] = [];

/** Keeps a little of every input for ever. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from('harmless')],
  shapes: [],
  memoryMiB: 64,
  run: () => void kept.push(Buffer.alloc(1 << 18, 1)),
};
