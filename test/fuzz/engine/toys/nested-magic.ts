import type { FuzzTarget } from '../target.ts';

/** A bug behind five decisions, one of them a 32-bit number and one a word: blind chance would need ages. */
export const target: FuzzTarget = {
  seeds: () => [Buffer.from('nothing of interest')],
  shapes: [],
  run(input) {
    const bytes = Buffer.from(input);
    if (bytes.length < 12) return;
    if (bytes.readUInt32BE(0) !== 0x96f3_b83d) return;
    if (bytes.toString('latin1', 4, 8) !== 'drydock!'.slice(0, 4)) return;
    if ((bytes[8] ?? 0) < 200) return;
    if (bytes[9] === bytes[10]) return;
    if (bytes[11] === 0x2a) throw new Error('planted: the innermost branch was reached');
  },
};
