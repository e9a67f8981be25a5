import type { FuzzTarget } from '../target.ts';

/** Believes a length that the input states. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from([0, 0, 0, 1])],
  shapes: [],
  memoryMiB: 64,
  run(input) {
    if (input.length < 4) return;
    const lenBytes = Buffer.from(input).readUInt32BE(0) % 2 ** 28;
    Buffer.alloc(lenBytes, 1);
  },
};
