import { DfuAttribute, DfuRequest, DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import type { SimulatorClock } from '../clock.ts';
import { ACK, answerData, STALL, type ControlOutcome, type ControlSetup } from '../control.ts';
import type { UnitOptions } from '../unit-options.ts';

/** What a run-time interface states of itself. */
export type RunTimeOptions = Pick<UnitOptions, 'attributes' | 'detachTimeoutMs'>;

/** The DFU interface of a running application: USB DFU 1.1 Appendix A.2.1 and A.2.2. Errors lead back to appIDLE, never to dfuERROR. */
export class DfuRunTime {
  readonly #options: RunTimeOptions;
  readonly #clock: SimulatorClock;
  /** While the detach timer runs: when it ends. */
  #detachEndsMs: number | undefined;

  constructor(options: RunTimeOptions, clock: SimulatorClock) {
    this.#options = options;
    this.#clock = clock;
  }

  get state(): DfuState {
    const waiting = this.#detachEndsMs !== undefined && this.#clock.monotonicMs() < this.#detachEndsMs;
    return waiting ? DfuState.appDETACH : DfuState.appIDLE;
  }

  /** `enterDfuMode` is what the unit does once the host has the answer to a DETACH that it follows by itself. */
  handle(setup: ControlSetup, enterDfuMode: () => void): ControlOutcome {
    if (setup.request === DfuRequest.GETSTATUS && setup.direction === 'in') {
      return { answer: answerData(Uint8Array.of(DfuStatus.OK, 0, 0, 0, this.state, 0), setup.lenBytes) };
    }
    if (setup.request === DfuRequest.GETSTATE && setup.direction === 'in') {
      return { answer: answerData(Uint8Array.of(this.state), setup.lenBytes) };
    }
    const detaches = setup.request === DfuRequest.DETACH && setup.direction === 'out';
    if (!detaches || this.state === DfuState.appDETACH) {
      this.#detachEndsMs = undefined;
      return { answer: STALL };
    }
    if ((this.#options.attributes & DfuAttribute.willDetach) !== 0) return { answer: ACK, then: enterDfuMode };
    this.#detachEndsMs = this.#clock.monotonicMs() + Math.min(setup.value, this.#options.detachTimeoutMs);
    return { answer: ACK };
  }
}
