import type { FuzzTarget } from '../target.ts';

/** Runs out of stack where brackets are nested, and hides it. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from('['), Buffer.from('[[['), Buffer.alloc(100_000, '[')],
  shapes: [],
  run(input) {
    try {
      nest(input, 0);
    } catch {
      // Hidden, as a parser's catch-all would.
    }
  },
};

function nest(input: Uint8Array, at: number): number {
  return input[at] === 0x5b ? nest(input, at + 1) + 1 : 0;
}
