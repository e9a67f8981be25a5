import type { BusName } from '../../simulator/bus-speed.ts';

/** One setting of the units that is measured. */
export interface Cell {
  readonly part: 'single' | 'gang';
  readonly bus: BusName;
  /** wTransferSize. */
  readonly transferBytes: number;
  /** How long a unit is busy with each block, and says so in bwPollTimeout. */
  readonly pollMs: number;
  readonly imageBytes: number;
  /** Units that the station updates at once. */
  readonly units: number;
}

const MIB = 1024 * 1024;
const TRANSFER_SIZES = [4096, 1024, 64] as const;
const BUSES = ['full-speed', 'none'] as const;
const POLL_TIMES = [0, 1, 10] as const;
const GANGS = [1, 2, 4, 8] as const;

/** Which cells: all with 1 MiB each, or those that say most, with at most `blocks` blocks of it (half as many in the gang). */
export interface GridOptions {
  readonly isFull: boolean;
  readonly blocks: number;
}

/** Each size on each bus with each poll time (in the short grid poll times for the largest blocks only), then the gang. */
export function listCells({ isFull, blocks }: GridOptions): readonly Cell[] {
  const single = TRANSFER_SIZES.flatMap((transferBytes) =>
    BUSES.flatMap((bus) =>
      POLL_TIMES.filter((pollMs) => isFull || pollMs === 0 || transferBytes === 4096).map((pollMs): Cell => {
        const imageBytes = isFull ? MIB : Math.min(MIB, transferBytes * blocks);
        return { part: 'single', bus, transferBytes, pollMs, imageBytes, units: 1 };
      }),
    ),
  );
  const imageBytes = isFull ? MIB : Math.min(MIB, (4096 * blocks) / 2);
  const gang = GANGS.map((units): Cell => ({
    part: 'gang',
    bus: 'full-speed',
    transferBytes: 4096,
    pollMs: 0,
    imageBytes,
    units,
  }));
  return [...single, ...gang];
}

/** The same bytes on every machine, without runs: what compressed firmware looks like to a wire. */
export function makeImage(lenBytes: number): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(lenBytes);
  let state = 0x2545_f491;
  for (let at = 0; at < lenBytes; at += 1) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    image[at] = state >>> 24;
  }
  return image;
}
