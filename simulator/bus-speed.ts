import { countStuffedBits } from './bit-stuffing.ts';

/** The arithmetic of a wire, in bits of its frames. */
export interface BusSpeed {
  /** What a host calls a device at this speed. */
  readonly deviceSpeed: 'full' | 'high';
  /** A frame, or a microframe. */
  readonly frameMs: number;
  readonly frameBits: number;
  /** What the stages of a control transfer cost beside the bytes of their data: SYNC, PID, address, CRC, turn-around. */
  readonly setupBits: number;
  readonly dataPacketBits: number;
  readonly statusBits: number;
}

/**
 * 12 Mbit/s in frames of 1 ms. USB 2.0 Table 5-2: 45 bytes for the three stages of a control transfer with one data packet; Table 5-9:
 * 13 bytes for each packet more.
 */
export const FULL_SPEED: BusSpeed = {
  deviceSpeed: 'full',
  frameMs: 1,
  frameBits: 1500 * 8,
  setupBits: 20 * 8,
  dataPacketBits: 13 * 8,
  statusBits: 12 * 8,
};

/** 480 Mbit/s in microframes of 125 µs. USB 2.0 Table 5-3: 173 bytes for a control transfer; Table 5-10: 55 bytes for each packet more. */
export const HIGH_SPEED: BusSpeed = {
  deviceSpeed: 'high',
  frameMs: 0.125,
  frameBits: 7500 * 8,
  setupBits: 63 * 8,
  dataPacketBits: 55 * 8,
  statusBits: 55 * 8,
};

/** The wires that a bench can model, by name. */
export const BUS_SPEEDS = { 'full-speed': FULL_SPEED, 'high-speed': HIGH_SPEED, none: undefined } as const;
export type BusName = keyof typeof BUS_SPEEDS;

/** A control transfer as it goes over the wire. */
export interface WireTransfer {
  /** Bytes of the data stage; none where there is no such stage. */
  readonly data: Uint8Array;
  /** bMaxPacketSize0. */
  readonly packetBytes: number;
  /** The answer is shorter than what was asked for: it ends with a packet that is not full, if need be an empty one (USB 2.0 §5.5.3). */
  readonly endsShort: boolean;
}

/**
 * When a control transfer that may start at `startMs` is through, on a wire that is otherwise idle. Its transactions follow each other
 * without a gap; one that does not fit into the rest of its frame waits for the next (USB 2.0 §11.2.5).
 */
export function endOfTransfer(speed: BusSpeed, startMs: number, transfer: WireTransfer): number {
  const { frameMs, frameBits } = speed;
  let frame = Math.floor(startMs / frameMs);
  let usedBits = (startMs / frameMs - frame) * frameBits;
  const pass = (bits: number): void => {
    if (usedBits + bits > frameBits) {
      frame += 1;
      usedBits = 0;
    }
    usedBits += bits;
  };
  pass(speed.setupBits);
  const { data, packetBytes, endsShort } = transfer;
  for (let offset = 0; offset < data.length; offset += packetBytes) {
    const packet = data.subarray(offset, offset + packetBytes);
    pass(speed.dataPacketBits + packet.length * 8 + countStuffedBits(packet));
  }
  if (endsShort && data.length % packetBytes === 0) pass(speed.dataPacketBits);
  pass(speed.statusBits);
  return (frame + usedBits / frameBits) * frameMs;
}
