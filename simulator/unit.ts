import { DfuState } from '../core/device/dfu/constants.ts';
import { readSecurityCounter } from './boot-loader/image.ts';
import type { SimulatorClock } from './clock.ts';
import { STALL, type ControlOutcome, type ControlSetup } from './control.ts';
import type { DescriptorSet } from './descriptor-set.ts';
import { describeUnit } from './descriptors.ts';
import { encodeInformation } from './device-information.ts';
import { DfuMachine } from './dfu/machine.ts';
import { DfuRunTime } from './dfu/run-time.ts';
import { RunningSlotMedium, StagingSlotMedium } from './dfu/slot-medium.ts';
import { McubootUnit } from './mcuboot-unit.ts';
import { answerStandard, answerVendor } from './unit-requests.ts';
import type { UnitOptions } from './unit-options.ts';
import type { AnsweringMode, PreviousSelfTest, UnitMemory, UnitMode } from './unit-state.ts';

/** The reference unit: DFU 1.1 in application and boot loader, and the vendor requests of docs/device-information.md. */
export class VirtualUnit extends McubootUnit<UnitOptions> {
  readonly kind = 'drydock';
  protected readonly modeWithoutImage = 'bootloader';
  protected readonly powerCycleIsReset = false;
  #previousSelfTest: PreviousSelfTest | undefined;
  #machine: DfuMachine | undefined;
  #runTime: DfuRunTime;

  constructor(options: UnitOptions, clock: SimulatorClock) {
    super(options, clock);
    this.#runTime = new DfuRunTime(options, clock);
  }

  saveMemory(): UnitMemory {
    return {
      ...this.saveLife(),
      ...(this.#previousSelfTest === undefined ? {} : { previousSelfTest: this.#previousSelfTest }),
      ...(this.#machine === undefined ? {} : { dfu: this.#machine.snapshot() }),
    };
  }

  /** Puts the unit back as `saveMemory` and a flash snapshot left it. */
  restoreMemory(memory: UnitMemory): void {
    this.#previousSelfTest = memory.previousSelfTest;
    this.restoreLife(memory);
    if (memory.dfu === undefined) return;
    this.#machine = this.#makeMachine();
    this.#machine.restore(memory.dfu);
  }

  protected get confirmsItself(): boolean {
    return this.options.confirmedBy === 'device';
  }

  protected describe(mode: AnsweringMode): DescriptorSet {
    return describeUnit(this.options, this.serial, mode === 'application' ? 'application' : 'dfu');
  }

  protected answer(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    const { mode } = this;
    if (mode === 'off' || mode === 'silent') return { answer: STALL };
    if (setup.type === 'standard') {
      const { descriptors } = this;
      return { answer: descriptors === undefined ? STALL : answerStandard(setup, descriptors, this.#machine) };
    }
    if (setup.type === 'vendor') {
      return answerVendor(setup, data, {
        mode,
        loader: this.board.loader,
        encodeInformation: () => this.#encodeInformation(mode),
        changed: () => this.onChange?.(),
        reset: () => this.reset(),
      });
    }
    if (setup.recipient !== 'interface' || setup.index !== 0) return { answer: STALL };
    if (this.#machine === undefined) return this.#runTime.handle(setup, () => this.#enterDfuMode());
    const before = this.#machine.state;
    const answer = this.#machine.handle(setup, data);
    if (before === DfuState['dfuMANIFEST-SYNC']) this.onChange?.();
    return { answer };
  }

  /** What an application without willDetach waits for after DETACH, and what ends DFU mode (USB DFU 1.1 Appendix A). */
  protected busReset(): void {
    if (this.mode === 'dfu' || this.mode === 'bootloader') this.reset();
    if (this.mode !== 'application') return;
    const detaching = this.#runTime.state === DfuState.appDETACH;
    this.#runTime = new DfuRunTime(this.options, this.clock);
    if (detaching) this.#enterDfuMode();
  }

  protected startUsb(mode: UnitMode): void {
    this.#runTime = new DfuRunTime(this.options, this.clock);
    this.#machine = mode === 'bootloader' ? this.#makeMachine() : undefined;
  }

  protected forget(): void {
    this.#machine = undefined;
    this.#previousSelfTest = undefined;
  }

  protected resume(): void {
    // Nothing of its USB function runs by a timer.
  }

  /** The no-init memory: what the trial boot found is still known after the reset that reverts it. */
  protected beforeReset(): void {
    const image = this.board.readRunningImage();
    if (!this.runsTrial || image === undefined) return;
    this.#previousSelfTest = { ...this.selfTest, counter: readSecurityCounter(image) ?? 0 };
  }

  #encodeInformation(mode: AnsweringMode): Uint8Array {
    const { lies } = this.faults;
    return encodeInformation({
      options: this.options,
      serial: lies.serial ?? this.serial,
      mode,
      loader: this.board.loader,
      lastSwap: this.lastSwap,
      selfTest: this.selfTest,
      previousSelfTest: this.#previousSelfTest,
      lies,
    });
  }

  #enterDfuMode(): void {
    this.#machine = this.#makeMachine();
    this.enterMode('dfu');
    this.onChange?.();
    this.link?.reenumerate(0);
  }

  #makeMachine(): DfuMachine {
    const { primary, secondary } = this.board.loader;
    return new DfuMachine({
      options: this.options,
      media: [new RunningSlotMedium(primary), new StagingSlotMedium(secondary, this.options)],
      clock: this.clock,
      takeWorkMs: () => this.board.takeWorkMs(),
    });
  }
}
