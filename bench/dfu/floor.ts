import { BUS_SPEEDS, endOfTransfer, type BusSpeed, type WireTransfer } from '../../simulator/bus-speed.ts';
import type { Cell } from './cell.ts';

const STATUS: WireTransfer = { data: new Uint8Array(6), packetBytes: 64, endsShort: false };

/** The least time that a host needs which obeys DFU 1.1: what is on the wire, and the pauses that the unit asks for. */
export interface Floor {
  readonly ms: number;
  /** Control transfers in that time. */
  readonly transfers: number;
}

/**
 * From the end of the first DNLOAD to the beginning of the last GETSTATUS, as {@link TimedDevice} measures. Each block is a DNLOAD and a
 * GETSTATUS; a unit that is busy is asked again after the time it asked for (Appendix A.2.4, A.2.5). Then come the empty block,
 * dfuMANIFEST and dfuIDLE.
 */
export function computeFloor({ bus, transferBytes, pollMs }: Cell, image: Uint8Array): Floor {
  const speed: BusSpeed | undefined = BUS_SPEEDS[bus];
  let nowMs = 0;
  let transfers = 0;
  const pass = (transfer: WireTransfer): void => {
    transfers += 1;
    if (speed !== undefined) nowMs = endOfTransfer(speed, nowMs, transfer);
  };
  let beginMs = 0;
  for (let offset = 0; offset < image.length; offset += transferBytes) {
    pass({ data: image.subarray(offset, offset + transferBytes), packetBytes: 64, endsShort: false });
    if (offset === 0) beginMs = nowMs;
    pass(STATUS);
    if (pollMs === 0) continue;
    nowMs += pollMs;
    pass(STATUS);
  }
  pass({ data: new Uint8Array(0), packetBytes: 64, endsShort: false });
  pass(STATUS);
  const endMs = nowMs;
  pass(STATUS);
  return { ms: endMs - beginMs, transfers };
}
