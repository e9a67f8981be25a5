import type { Fault, FaultPlan, PowerCut } from './faults.ts';
import type { NorFlash } from './flash.ts';

/** The faults that are yet to come to one unit, each where it strikes: in its flash or in its plan. */
export class ArmedFaults {
  readonly #flash: NorFlash;
  readonly #plan: FaultPlan;
  #powerCut: PowerCut | undefined;

  constructor(flash: NorFlash, plan: FaultPlan) {
    this.#flash = flash;
    this.#plan = plan;
  }

  arm(fault: Fault): void {
    if (fault.kind === 'power-cut') {
      this.#powerCut = fault;
      this.#flash.cutPowerAt(fault.flashOperation);
    } else if (fault.kind === 'flash-failure') {
      this.#flash.failAt(fault.flashOperation);
    } else {
      this.#plan.arm(fault);
    }
  }

  /** Whether anything is armed that has not struck yet. */
  get isPending(): boolean {
    return this.#powerCut !== undefined || this.#flash.hasPlannedFailure || this.#plan.isPending;
  }

  disarm(): void {
    this.#powerCut = undefined;
    this.#flash.cancelPlanned();
    this.#plan.clear();
  }

  /** The power cut that has come, which is recorded by this. */
  takePowerCut(): PowerCut | undefined {
    const cut = this.#powerCut;
    this.#powerCut = undefined;
    if (cut !== undefined) this.#plan.record(cut);
    return cut;
  }
}
