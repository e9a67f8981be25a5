import type { FuzzTarget } from '../target.ts';

/** Never comes back from an input that begins with `H`. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from('harmless')],
  shapes: [],
  run(input) {
    let rounds = 0;
    while (input[0] === 0x48) rounds += 1;
    if (rounds > 0) throw new Error('unreachable');
  },
};
