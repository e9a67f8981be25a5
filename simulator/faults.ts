import { DfuRequest } from '../core/device/dfu/constants.ts';
import type { ControlSetup } from './control.ts';
import { SeededRandom } from './seeded-random.ts';
import { VendorRequest } from './vendor-request-number.ts';

/** Control transfers by the name of their request. */
export type TransferName = keyof typeof DfuRequest | keyof typeof VendorRequest | 'GET_DESCRIPTOR';

/** A fault at the n-th transfer of a name, counted from when it is armed (1 = the next one). */
export type TransferFault = { readonly transfer: TransferName; readonly nth: number } & (
  | { readonly kind: 'unplug'; readonly replugAfterMs?: number }
  | { readonly kind: 'stall' }
  /** The answer does not come in time. `applied`: the device did what it was asked; otherwise it never saw the request. */
  | { readonly kind: 'timeout'; readonly applied?: boolean }
  /** One bit of the data is flipped on its way to the host. */
  | { readonly kind: 'corrupt-read' }
  /** One bit of the data is flipped on its way to the device. */
  | { readonly kind: 'corrupt-write' }
);

/** The supply fails at the n-th flash operation, counted from when it is armed. Without `restoreAfterMs` it stays away until somebody plugs the unit in again. */
export interface PowerCut {
  readonly kind: 'power-cut';
  readonly flashOperation: number;
  readonly restoreAfterMs?: number;
}

/** The n-th flash operation fails and changes nothing. */
export interface FlashFailure {
  readonly kind: 'flash-failure';
  readonly flashOperation: number;
}

/** A lie in what the unit reports of its running slot, from now on. */
export interface FalseVersion {
  readonly kind: 'false-version';
  readonly version: string;
  readonly counter?: number;
}

/** What happens at the next reset, once. */
export type ResetFault =
  | { readonly kind: 'other-serial'; readonly serial: string }
  /** The unit boots but never reaches the bus again until its power is cycled. */
  | { readonly kind: 'no-return' };

export type Fault = TransferFault | PowerCut | FlashFailure | FalseVersion | ResetFault;

interface Counted {
  readonly fault: TransferFault;
  remaining: number;
}

/** The faults of one unit, armed by a test or a demonstration. The same script gives the same faults. */
export class FaultPlan {
  readonly #random: SeededRandom;
  readonly #fired: Fault[] = [];
  #transfers: Counted[] = [];
  #atReset: ResetFault[] = [];
  #falseVersion: FalseVersion | undefined;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** Transfer, reset and power faults that have come, oldest first. */
  get fired(): readonly Fault[] {
    return this.#fired;
  }

  get falseVersion(): FalseVersion | undefined {
    return this.#falseVersion;
  }

  arm(fault: TransferFault | FalseVersion | ResetFault): void {
    if ('transfer' in fault) this.#transfers.push({ fault, remaining: fault.nth });
    else if (fault.kind === 'false-version') this.#falseVersion = fault;
    else this.#atReset.push(fault);
  }

  clear(): void {
    this.#transfers = [];
    this.#atReset = [];
    this.#falseVersion = undefined;
  }

  /** The fault that hits this transfer, if one does. */
  takeForTransfer(setup: ControlSetup): TransferFault | undefined {
    const name = nameTransfer(setup);
    let due: Counted | undefined;
    for (const counted of this.#transfers) {
      if (counted.fault.transfer !== name) continue;
      counted.remaining -= 1;
      if (counted.remaining === 0) due ??= counted;
    }
    this.#transfers = this.#transfers.filter(({ remaining }) => remaining > 0);
    if (due !== undefined) this.record(due.fault);
    return due?.fault;
  }

  takeForReset(): ResetFault | undefined {
    const due = this.#atReset.shift();
    if (due !== undefined) this.record(due);
    return due;
  }

  record(fault: Fault): void {
    this.#fired.push(fault);
  }

  /** The same bytes with one bit flipped, at a place that follows from the seed. */
  flipBit(bytes: Uint8Array): Uint8Array {
    const flipped = bytes.slice();
    if (flipped.length === 0) return flipped;
    const index = this.#random.below(flipped.length);
    flipped[index] = (flipped[index] ?? 0) ^ (1 << this.#random.below(8));
    return flipped;
  }
}

const STANDARD_GET_DESCRIPTOR = 6;

function nameTransfer(setup: ControlSetup): TransferName | undefined {
  if (setup.type === 'class') return nameIn(DfuRequest, setup.request);
  if (setup.type === 'vendor') return nameIn(VendorRequest, setup.request);
  return setup.request === STANDARD_GET_DESCRIPTOR ? 'GET_DESCRIPTOR' : undefined;
}

function nameIn<Name extends string>(requests: Readonly<Record<Name, number>>, request: number): Name | undefined {
  for (const name in requests) if (requests[name] === request) return name;
  return undefined;
}
