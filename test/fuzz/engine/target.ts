/** Structure that a target's mutations know about, besides bytes. */
export type InputShape = 'der' | 'json' | 'text' | 'zip';

/** One reader of untrusted bytes, and what must hold whatever it is given. */
export interface FuzzTarget {
  /** What to begin with, valid and refused; from test/fixtures. */
  readonly seeds: () => readonly Uint8Array[];
  /** Shapes to mutate along; several for inputs that hold one in the other. */
  readonly shapes: readonly InputShape[];
  /** Byte strings that the reader compares with. */
  readonly dictionary?: readonly (string | Uint8Array)[];
  /** Longest input that is made (default 16 KiB). Seeds may be longer. */
  readonly maxLenBytes?: number;
  /** How much memory one input may take, and how much may be kept of all together (default 192 MiB). */
  readonly memoryMiB?: number;
  /** Runs the reader once. Throws where an invariant does not hold; what the reader throws is a failure as well. */
  run(input: Uint8Array): void | Promise<void>;
}
