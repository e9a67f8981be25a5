import type { SimulatorClock } from './clock.ts';
import type { FirmwareDescription } from './firmware-description.ts';

export interface SelfTestResult {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

export interface SelfTestReport {
  readonly state: 'not-run' | 'running' | 'passed' | 'failed';
  readonly results: readonly SelfTestResult[];
}

export const SELF_TEST_NOT_RUN: SelfTestReport = { state: 'not-run', results: [] };

export interface FirmwareStart {
  readonly description: FirmwareDescription;
  readonly hardware: string;
  /** The boot loader started it for one trial. */
  readonly trial: boolean;
  /** The self-test had ended before the program that simulates this unit was started. */
  readonly selfTestEnded: boolean;
  readonly clock: SimulatorClock;
  /** Called once when the self-test ends. */
  readonly onSelfTestEnd: (passed: boolean) => void;
}

/** The application that runs on a virtual unit and does what its image's description says. */
export class Firmware {
  readonly #start: FirmwareStart;
  readonly #endsMs: number;
  #ended: boolean;

  constructor(start: FirmwareStart) {
    this.#start = start;
    this.#ended = start.selfTestEnded;
    this.#endsMs = start.clock.monotonicMs() + start.description.selfTestMs;
  }

  /** It never gets as far as the bus: it says so itself, or it is built for other hardware. */
  get hangs(): boolean {
    const { description, hardware } = this.#start;
    return description.start === 'hang' || !description.hardware.includes(hardware);
  }

  get description(): FirmwareDescription {
    return this.#start.description;
  }

  get trial(): boolean {
    return this.#start.trial;
  }

  get selfTestEnded(): boolean {
    return this.#ended;
  }

  /** Lets the firmware do what was due by now. The unit calls it before it answers anything. */
  settle(): void {
    if (!this.#start.trial || this.hangs || this.#ended || this.#start.clock.monotonicMs() < this.#endsMs) return;
    this.#ended = true;
    this.#start.onSelfTestEnd(this.#allPass());
  }

  /** A self-test runs in a trial boot only; a permanent image has shown already that it works. */
  get selfTest(): SelfTestReport {
    if (!this.#start.trial) return SELF_TEST_NOT_RUN;
    if (!this.#ended) return { state: 'running', results: [] };
    const results = this.#start.description.selfTests.map(({ name, passes, detail }) => ({
      name,
      passed: passes,
      detail,
    }));
    return { state: this.#allPass() ? 'passed' : 'failed', results };
  }

  #allPass(): boolean {
    return this.#start.description.selfTests.every((plan) => plan.passes);
  }
}
