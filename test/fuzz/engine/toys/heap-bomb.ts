import type { FuzzTarget } from '../target.ts';

/** Keeps objects without end for an input that begins with `M`. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from('harmless')],
  shapes: [],
  memoryMiB: 4096,
  run(input) {
    const kept: object[] = [];
    while (input[0] === 0x4d) kept.push({ number: kept.length });
  },
};
