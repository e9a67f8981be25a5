/** One USB control transfer as the device sees it. */
export interface ControlSetup {
  readonly direction: 'in' | 'out';
  readonly type: 'standard' | 'class' | 'vendor';
  readonly recipient: 'device' | 'interface' | 'endpoint' | 'other';
  readonly request: number;
  readonly value: number;
  readonly index: number;
  /** wLength: what the host sends, or the most it takes. */
  readonly lenBytes: number;
}

export type ControlAnswer = (
  { readonly kind: 'data'; readonly bytes: Uint8Array } | { readonly kind: 'ack' } | { readonly kind: 'stall' }
) & {
  /** How long the device holds up the transfer (NAK) before it answers; left out: not at all. */
  readonly afterMs?: number;
};

/** An answer, and what the device does once the host has it. */
export interface ControlOutcome {
  readonly answer: ControlAnswer;
  readonly then?: () => void;
}

export const ACK: ControlAnswer = { kind: 'ack' };
export const STALL: ControlAnswer = { kind: 'stall' };

/** Data for the host, cut to what it asked for. */
export function answerData(bytes: Uint8Array, lenBytes: number): ControlAnswer {
  return { kind: 'data', bytes: bytes.slice(0, lenBytes) };
}
