import type { Board } from './board.ts';
import type { ParsedImage } from './boot-loader/image.ts';
import { confirmRunning } from './boot-loader/mark.ts';
import { readTrailer } from './boot-loader/trailer.ts';
import type { SimulatorClock } from './clock.ts';
import { Firmware, SELF_TEST_NOT_RUN, type SelfTestReport } from './firmware.ts';
import type { LifeMemory } from './unit-state.ts';

type FirmwareStart = NonNullable<LifeMemory['firmware']>;

/** What the unit is to the firmware that runs on it. */
export interface FirmwareHost {
  readonly board: Board;
  readonly hardware: string;
  /** A firmware that hangs is reset after this time. */
  readonly watchdogMs: number | undefined;
  readonly clock: SimulatorClock;
  /** The firmware makes itself permanent once its self-test has passed. */
  readonly confirmsItself: () => boolean;
  /** Something durable has changed. */
  readonly onChange: () => void;
  /** Does something after a time, unless the unit has booted again by then. */
  readonly later: (durationMs: number, work: () => void) => void;
  /** The firmware, or the watchdog over it, resets the unit. */
  readonly resetItself: () => void;
}

/** The firmware that a unit runs since its last boot, if any, and its self-test. */
export class RunningFirmware {
  readonly #host: FirmwareHost;
  #firmware: Firmware | undefined;

  constructor(host: FirmwareHost) {
    this.#host = host;
  }

  get selfTest(): SelfTestReport {
    return this.#firmware?.selfTest ?? SELF_TEST_NOT_RUN;
  }

  /** The boot loader started it for one trial. */
  get isTrial(): boolean {
    return this.#firmware?.trial === true;
  }

  /** What is needed to start it again where it stood; undefined while nothing runs. */
  get memory(): FirmwareStart | undefined {
    if (this.#firmware === undefined) return undefined;
    const { trial, selfTestEnded } = this.#firmware;
    return { trial, selfTestEnded };
  }

  /** Nothing runs any more. */
  stop(): void {
    this.#firmware = undefined;
  }

  /** Starts an image as the boot loader left it. False where it holds no firmware, or one that hangs until the watchdog resets the unit. */
  boot(image: ParsedImage): boolean {
    const { board, watchdogMs, later, resetItself } = this.#host;
    const trailer = readTrailer(board.loader.primary);
    const trial = trailer.magic === 'good' && trailer.copyDone === 'set' && trailer.imageOk === 'unset';
    this.start(image, { trial, selfTestEnded: false });
    if (this.#firmware?.hangs === false) return true;
    if (watchdogMs !== undefined) later(watchdogMs, resetItself);
    return false;
  }

  start(image: ParsedImage, start: FirmwareStart): void {
    const { board, hardware, clock } = this.#host;
    const description = board.readDescription(image);
    if (description === undefined) {
      this.#firmware = undefined;
      return;
    }
    const onSelfTestEnd = (passed: boolean): void => {
      if (passed && this.#host.confirmsItself()) confirmRunning(board.loader.primary);
      this.#host.onChange();
      if (passed || description.onFailure === 'wait') return;
      this.#host.later(0, this.#host.resetItself);
    };
    this.#firmware = new Firmware({ ...start, description, hardware, clock, onSelfTestEnd });
  }

  /** What was due by now has happened, although nobody has asked. */
  settle(): void {
    this.#firmware?.settle();
  }

  /** Runs it as an application: one that resets itself after a failed trial does so without being asked. */
  run(): void {
    this.settle();
    const { selfTestMs = 0, onFailure } = this.#firmware?.description ?? {};
    if (!this.isTrial || onFailure !== 'reset') return;
    this.#host.later(selfTestMs, () => this.settle());
  }
}
