import { DfuRequest } from '../core/device/dfu/constants.ts';
import type { ControlSetup } from './control.ts';
import { Lies, type FalseVersion, type Lie, type OtherIds } from './lies.ts';
import { SeededRandom } from './seeded-random.ts';
import { VendorRequest } from './vendor-request-number.ts';

/** Control transfers by the name of their request. */
export type TransferName = keyof typeof DfuRequest | keyof typeof VendorRequest | keyof typeof StandardTransfer;

/** bRequest of the standard requests that faults can be named for (USB 2.0 §9.4). */
const StandardTransfer = { GET_DESCRIPTOR: 6, SET_CONFIGURATION: 9, SET_INTERFACE: 11 } as const;

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

/** A request that is never answered, from now on: the unit does not see it, and the host waits until its time is up. */
export interface NoAnswer {
  readonly kind: 'no-answer';
  readonly transfer: TransferName;
}

/**
 * What happens at the next reset, once. Several that are armed come one at each reset. For a unit that only a power cycle restarts,
 * that counts as its reset.
 */
export type ResetFault =
  | { readonly kind: 'other-serial'; readonly serial: string }
  /** The unit boots but never reaches the bus again until its power is cycled. */
  | { readonly kind: 'no-return' }
  /** It comes back with other IDs, and keeps them. */
  | OtherIds
  /** It comes back at another position, as if somebody had moved its cable; its power stays. */
  | { readonly kind: 'other-position'; readonly position: string }
  /**
   * What it boots is not what its read-back showed: before the boot loader runs, this image (header to last TLV) takes the place
   * of the staged one.
   */
  | { readonly kind: 'other-image'; readonly image: Uint8Array };

/** The address that the unit gets when it next appears on the bus, in place of a new one. */
export interface OtherAddress {
  readonly kind: 'other-address';
  readonly address: number;
}

export type Fault = TransferFault | PowerCut | FlashFailure | Lie | ResetFault | OtherAddress | NoAnswer;
/** The faults that a plan keeps; the flash knows the other ones. */
export type PlannedFault = Exclude<Fault, PowerCut | FlashFailure>;

interface Counted {
  readonly fault: TransferFault;
  remaining: number;
}

/** The faults of one unit, armed by a test or a demonstration. The same script gives the same faults. */
export class FaultPlan {
  readonly #random: SeededRandom;
  readonly #fired: Fault[] = [];
  /** What the unit says and is not so. */
  readonly lies = new Lies();
  #transfers: Counted[] = [];
  #unanswered: readonly NoAnswer[] = [];
  #atReset: (ResetFault | FalseVersion)[] = [];
  #address: OtherAddress | undefined;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  /** Transfer, reset and power faults that have come, oldest first. */
  get fired(): readonly Fault[] {
    return this.#fired;
  }

  arm(fault: PlannedFault): void {
    switch (fault.kind) {
      case 'no-answer':
        this.#unanswered = [...this.#unanswered, fault];
        break;
      case 'other-address':
        this.#address = fault;
        break;
      case 'false-version':
        if (fault.from === 'reset') this.#atReset.push(fault);
        else this.lies.tell(fault);
        break;
      case 'false-slots':
      case 'false-serial':
      case 'false-poll-time':
      case 'raw-descriptor':
        this.lies.tell(fault);
        break;
      case 'other-serial':
      case 'no-return':
      case 'other-ids':
      case 'other-position':
      case 'other-image':
        this.#atReset.push(fault);
        break;
      default:
        this.#transfers.push({ fault, remaining: fault.nth });
    }
  }

  clear(): void {
    this.#transfers = [];
    this.#unanswered = [];
    this.#atReset = [];
    this.#address = undefined;
    this.lies.clear();
  }

  /** Whether a fault is armed that has not come yet; a lie that is being told has come. */
  get isPending(): boolean {
    const waiting = this.#transfers.length + this.#unanswered.length + this.#atReset.length;
    return waiting > 0 || this.#address !== undefined;
  }

  /** The fault that hits this transfer, if one does. */
  takeForTransfer(setup: ControlSetup): TransferFault | undefined {
    const name = nameTransfer(setup);
    if (name === undefined) return undefined;
    let due: Counted | undefined;
    for (const counted of this.#transfers) {
      if (counted.fault.transfer !== name) continue;
      counted.remaining -= 1;
      if (counted.remaining === 0) due ??= counted;
    }
    this.#transfers = this.#transfers.filter(({ remaining }) => remaining > 0);
    if (due !== undefined) this.record(due.fault);
    if (due === undefined && this.#unanswered.some(({ transfer }) => transfer === name)) {
      return { kind: 'timeout', transfer: name, nth: 1 };
    }
    return due?.fault;
  }

  /** The fault of this reset. A lie that begins with it is told from now on and needs nothing more of the unit. */
  takeForReset(): ResetFault | undefined {
    const due = this.#atReset.shift();
    if (due === undefined) return undefined;
    this.record(due);
    if (due.kind === 'false-version' || due.kind === 'other-ids') this.lies.tell(due);
    return due.kind === 'false-version' ? undefined : due;
  }

  /** The address for the next appearance on the bus, where one was ordered. */
  takeAddress(): number | undefined {
    const due = this.#address;
    this.#address = undefined;
    if (due !== undefined) this.record(due);
    return due?.address;
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

function nameTransfer(setup: ControlSetup): TransferName | undefined {
  if (setup.type === 'class') return nameIn(DfuRequest, setup.request);
  if (setup.type === 'vendor') return nameIn(VendorRequest, setup.request);
  return nameIn(StandardTransfer, setup.request);
}

function nameIn<Name extends string>(requests: Readonly<Record<Name, number>>, request: number): Name | undefined {
  for (const name in requests) if (requests[name] === request) return name;
  return undefined;
}
