import { DfuState } from '../core/device/dfu/constants.ts';
import { Board } from './board.ts';
import type { BusDevice, BusLink } from './bus-device.ts';
import { readSecurityCounter, type ParsedImage } from './boot-loader/image.ts';
import { confirmRunning } from './boot-loader/mark.ts';
import { readTrailer, type SwapType } from './boot-loader/trailer.ts';
import type { SimulatorClock } from './clock.ts';
import { STALL, type ControlOutcome, type ControlSetup } from './control.ts';
import type { DescriptorSet } from './descriptor-set.ts';
import { describeUnit } from './descriptors.ts';
import { encodeInformation } from './device-information.ts';
import { DfuMachine } from './dfu/machine.ts';
import { DfuRunTime } from './dfu/run-time.ts';
import { RunningSlotMedium, StagingSlotMedium } from './dfu/slot-medium.ts';
import { FaultPlan, type Fault, type PowerCut } from './faults.ts';
import { Firmware, SELF_TEST_NOT_RUN } from './firmware.ts';
import { FlashFailureError, PowerCutError } from './flash.ts';
import { answerStandard, answerVendor } from './unit-requests.ts';
import type { UnitOptions } from './unit-options.ts';
import type { AnsweringMode, PreviousSelfTest, UnitMemory, UnitMode } from './unit-state.ts';

/** After so many resets of its own in a row the unit waits for the host or for a power cycle, so that a boot loop ends. */
const MAX_SELF_RESETS = 8;

/** A device under test: flash, boot loader, firmware and USB function, driven by control transfers, resets and its supply. */
export class VirtualUnit implements BusDevice {
  readonly options: UnitOptions;
  readonly board: Board;
  readonly faults: FaultPlan;
  /** Called when something durable has changed. */
  onChange: (() => void) | undefined;
  /** Set while the unit is plugged in. */
  link: BusLink | undefined;
  readonly #clock: SimulatorClock;
  #mode: UnitMode = 'off';
  #serial: string;
  #lastSwap: SwapType = 'none';
  #firmware: Firmware | undefined;
  #previousSelfTest: PreviousSelfTest | undefined;
  #machine: DfuMachine | undefined;
  #runTime: DfuRunTime;
  #powerCut: PowerCut | undefined;
  #boots = 0;
  #selfResets = 0;

  constructor(options: UnitOptions, clock: SimulatorClock) {
    this.options = options;
    this.#clock = clock;
    this.#serial = options.serial;
    this.board = new Board(options);
    this.faults = new FaultPlan(options.seed);
    this.#runTime = new DfuRunTime(options, clock);
  }

  get mode(): UnitMode {
    return this.#mode;
  }

  /** What the unit shows on the bus; undefined while nothing of it can be seen. */
  get descriptors(): DescriptorSet | undefined {
    if (this.#mode === 'off' || this.#mode === 'silent') return undefined;
    return describeUnit(this.options, this.#serial, this.#mode === 'application' ? 'application' : 'dfu');
  }

  /** Arms a fault of any kind. */
  arm(fault: Fault): void {
    if (fault.kind === 'power-cut') {
      this.#powerCut = fault;
      this.board.flash.cutPowerAt(fault.flashOperation);
    } else if (fault.kind === 'flash-failure') {
      this.board.flash.failAt(fault.flashOperation);
    } else {
      this.faults.arm(fault);
    }
  }

  /** Takes back every fault that has not come yet. */
  disarm(): void {
    this.#powerCut = undefined;
    this.board.flash.cancelPlanned();
    this.faults.clear();
  }

  powerOn(): void {
    if (this.#mode !== 'off') return;
    this.#selfResets = 0;
    this.#surviveOrGoDark(() => this.#boot());
    this.onChange?.();
  }

  /** The supply is gone: everything but the flash and the counter is lost, the no-init memory too. */
  powerOff(): void {
    this.#mode = 'off';
    this.#firmware = undefined;
    this.#machine = undefined;
    this.#previousSelfTest = undefined;
    this.#serial = this.options.serial;
    this.onChange?.();
  }

  /** Bus reset: what an application without willDetach waits for after DETACH, and what ends DFU mode (USB DFU 1.1 Appendix A). */
  usbReset(): void {
    this.#surviveOrGoDark(() => {
      this.#firmware?.settle();
      if (this.#mode === 'dfu' || this.#mode === 'bootloader') this.#reset();
      if (this.#mode !== 'application') return;
      const detaching = this.#runTime.state === DfuState.appDETACH;
      this.#runTime = new DfuRunTime(this.options, this.#clock);
      if (detaching) this.#enterDfuMode();
    });
  }

  /** Answers one control transfer and does what follows from it. Undefined: the power went while the unit worked on it. */
  control(setup: ControlSetup, data: Uint8Array): ControlOutcome['answer'] | undefined {
    let outcome: ControlOutcome | undefined;
    this.#selfResets = 0;
    this.#surviveOrGoDark(() => {
      this.#firmware?.settle();
      outcome = this.#answer(setup, data);
    });
    const then = outcome?.then;
    if (then !== undefined) this.#surviveOrGoDark(then);
    return outcome?.answer;
  }

  takeWorkMs(): number {
    return this.board.takeWorkMs();
  }

  saveMemory(): UnitMemory {
    const firmware = this.#firmware;
    return {
      mode: this.#mode,
      serial: this.#serial,
      securityCounter: this.board.securityCounter,
      lastSwap: this.#lastSwap,
      ...(firmware === undefined ? {} : { firmware: { trial: firmware.trial, selfTestEnded: firmware.selfTestEnded } }),
      ...(this.#previousSelfTest === undefined ? {} : { previousSelfTest: this.#previousSelfTest }),
      ...(this.#machine === undefined ? {} : { dfu: this.#machine.snapshot() }),
    };
  }

  /** Puts the unit back as `saveMemory` and a flash snapshot left it. A self-test that was running begins again. */
  restoreMemory(memory: UnitMemory): void {
    this.#mode = memory.mode;
    this.#serial = memory.serial;
    this.#lastSwap = memory.lastSwap;
    this.#previousSelfTest = memory.previousSelfTest;
    this.board.restoreSecurityCounter(memory.securityCounter);
    const image = this.board.readRunningImage();
    if (memory.firmware !== undefined && image !== undefined) {
      this.#firmware = this.#startFirmware(image, memory.firmware);
    }
    if (memory.dfu !== undefined) {
      this.#machine = this.#makeMachine();
      this.#machine.restore(memory.dfu);
    }
  }

  #answer(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    const { descriptors } = this;
    const mode = this.#mode;
    if (descriptors === undefined || mode === 'off' || mode === 'silent') return { answer: STALL };
    if (setup.type === 'standard') return { answer: answerStandard(setup, descriptors, this.#machine) };
    if (setup.type === 'vendor') {
      return answerVendor(setup, data, {
        mode,
        loader: this.board.loader,
        encodeInformation: () => this.#encodeInformation(mode),
        changed: () => this.onChange?.(),
        reset: () => this.#reset(),
      });
    }
    if (setup.recipient !== 'interface' || setup.index !== 0) return { answer: STALL };
    if (this.#machine === undefined) return this.#runTime.handle(setup, () => this.#enterDfuMode());
    const before = this.#machine.state;
    const answer = this.#machine.handle(setup, data);
    if (before === DfuState['dfuMANIFEST-SYNC']) this.onChange?.();
    return { answer };
  }

  #encodeInformation(mode: AnsweringMode): Uint8Array {
    return encodeInformation({
      options: this.options,
      serial: this.#serial,
      mode,
      loader: this.board.loader,
      lastSwap: this.#lastSwap,
      selfTest: this.#firmware?.selfTest ?? SELF_TEST_NOT_RUN,
      previousSelfTest: this.#previousSelfTest,
      falseVersion: this.faults.falseVersion,
    });
  }

  #reset(): void {
    this.#keepSelfTest();
    const fault = this.faults.takeForReset();
    if (fault?.kind === 'other-serial') this.#serial = fault.serial;
    this.#boot();
    if (fault?.kind === 'no-return') this.#mode = 'silent';
    this.onChange?.();
    this.link?.reenumerate(this.board.takeWorkMs());
  }

  #resetItself(): void {
    if (this.#selfResets >= MAX_SELF_RESETS) return;
    this.#selfResets += 1;
    this.#reset();
  }

  #boot(): void {
    this.#firmware = undefined;
    this.#machine = undefined;
    this.#runTime = new DfuRunTime(this.options, this.#clock);
    this.#boots += 1;
    const outcome = this.board.boot();
    this.#lastSwap = outcome.swapType;
    if (outcome.image === undefined) {
      this.#mode = 'bootloader';
      this.#machine = this.#makeMachine();
    } else {
      this.#runApplication(outcome.image);
    }
  }

  #runApplication(image: ParsedImage): void {
    const trailer = readTrailer(this.board.loader.primary);
    const trial = trailer.magic === 'good' && trailer.copyDone === 'set' && trailer.imageOk === 'unset';
    this.#firmware = this.#startFirmware(image, { trial, selfTestEnded: false });
    this.#mode = this.#firmware === undefined || this.#firmware.hangs ? 'silent' : 'application';
    if (this.#mode === 'silent') {
      const { watchdogMs } = this.options;
      if (watchdogMs !== undefined) this.#laterInThisBoot(watchdogMs, () => this.#resetItself());
      return;
    }
    this.#firmware?.settle();
    const { selfTestMs = 0, onFailure } = this.#firmware?.description ?? {};
    if (trial && onFailure === 'reset') this.#laterInThisBoot(selfTestMs, () => this.#firmware?.settle());
  }

  /** What the running firmware, or the watchdog over it, does by itself. */
  #laterInThisBoot(durationMs: number, work: () => void): void {
    const bootNumber = this.#boots;
    this.link?.later(durationMs, () => {
      if (this.#boots === bootNumber && this.#mode !== 'off') this.#surviveOrGoDark(work);
    });
  }

  #startFirmware(
    image: ParsedImage,
    start: { readonly trial: boolean; readonly selfTestEnded: boolean },
  ): Firmware | undefined {
    const description = this.board.readDescription(image);
    if (description === undefined) return undefined;
    const onSelfTestEnd = (passed: boolean): void => {
      if (passed && this.options.confirmedBy === 'device') confirmRunning(this.board.loader.primary);
      this.onChange?.();
      if (passed || description.onFailure === 'wait') return;
      this.#laterInThisBoot(0, () => this.#resetItself());
    };
    return new Firmware({ ...start, description, hardware: this.options.hardware, clock: this.#clock, onSelfTestEnd });
  }

  /** The no-init memory: what the trial boot found is still known after the reset that reverts it. */
  #keepSelfTest(): void {
    const image = this.board.readRunningImage();
    if (this.#firmware?.trial !== true || image === undefined) return;
    this.#previousSelfTest = { ...this.#firmware.selfTest, counter: readSecurityCounter(image) ?? 0 };
  }

  #enterDfuMode(): void {
    this.#machine = this.#makeMachine();
    this.#mode = 'dfu';
    this.onChange?.();
    this.link?.reenumerate(0);
  }

  #makeMachine(): DfuMachine {
    const { primary, secondary } = this.board.loader;
    return new DfuMachine({
      options: this.options,
      media: [new RunningSlotMedium(primary), new StagingSlotMedium(secondary, this.options)],
      clock: this.#clock,
      takeWorkMs: () => this.board.takeWorkMs(),
    });
  }

  /** Runs a part of the unit's life. A power cut ends it; a flash failure outside a download leaves the unit hanging. */
  #surviveOrGoDark(live: () => void): void {
    try {
      live();
    } catch (error) {
      if (error instanceof PowerCutError) this.powerOff();
      else if (error instanceof FlashFailureError) this.#mode = 'silent';
      else throw error;
      this.link?.reenumerate(0);
      if (error instanceof PowerCutError) this.#restorePower();
    }
  }

  #restorePower(): void {
    const cut = this.#powerCut;
    this.#powerCut = undefined;
    if (cut === undefined) return;
    this.faults.record(cut);
    if (cut.restoreAfterMs === undefined) return;
    this.link?.later(cut.restoreAfterMs, () => {
      this.powerOn();
      this.link?.reenumerate(this.board.takeWorkMs());
    });
  }
}
