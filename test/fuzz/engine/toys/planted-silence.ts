import type { FuzzTarget } from '../target.ts';

/** Waits for ever for something that does not happen. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from('harmless'), Buffer.from('Silence')],
  shapes: [],
  run: (input) => (input[0] === 0x53 ? new Promise(() => undefined) : undefined),
};
