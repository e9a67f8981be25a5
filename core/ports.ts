/** What the composition root hands to the rooms, so that tests drive time, chance and storage. */

export interface Clock {
  /** Wall clock, UTC. */
  now(): Date;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonicMs(): number;
  /** Resolves after `durationMs`, or rejects with the signal's reason. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** Calls `ring` once after `durationMs` of real time, unless the function that it returns is called before. For what must end whatever else happens. */
export type Alarm = (durationMs: number, ring: () => void) => () => void;

/** Cryptographically secure random bytes. */
export type RandomBytes = (lenBytes: number) => Uint8Array;

/** Runs `work` in one durable write transaction: all of it is stored, or none. Nested calls join the outer one. */
export type Transact = <T>(work: () => T) => T;

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };
