import type { Clock } from '../../ports.ts';
import type { DfuPort } from './dfu-port.ts';
import type { Quirks } from './quirk.ts';

/** Bounds within which a unit's word on time is believed; they come from its profile. */
export interface DfuLimits {
  /** Longest time for one control transfer. */
  readonly transferMs: number;
  /** Longest time from a block's arrival until the unit wants the next one. */
  readonly blockMs: number;
  /** Longest time for manifestation. */
  readonly manifestMs: number;
  /** Longest bwPollTimeout that is obeyed. */
  readonly maxPollTimeoutMs: number;
}

export interface DfuContext {
  readonly port: DfuPort;
  readonly clock: Clock;
  readonly limits: DfuLimits;
  readonly quirks: Quirks;
  /** The unit speaks DfuSe: what it was sent is kept until a GETSTATUS asks for it to be done (ST AN3156 §4). */
  readonly speaksDfuse: boolean;
}
