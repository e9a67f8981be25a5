import { ArmedFaults } from './armed-faults.ts';
import { Board, type BoardOptions } from './board.ts';
import type { SwapType } from './boot-loader/trailer.ts';
import type { BusDevice, BusLink } from './bus-device.ts';
import type { SimulatorClock } from './clock.ts';
import type { ControlAnswer, ControlOutcome, ControlSetup } from './control.ts';
import type { DescriptorSet } from './descriptor-set.ts';
import { FaultPlan, type Fault, type ResetFault } from './faults.ts';
import type { SelfTestReport } from './firmware.ts';
import { FlashFailureError, PowerCutError, type NorFlash } from './flash.ts';
import { RunningFirmware } from './running-firmware.ts';
import { UnitBehaviour } from './unit-behaviour.ts';
import type { LifeMemory, UnitMode } from './unit-state.ts';

export interface McubootUnitOptions extends BoardOptions {
  readonly serial: string;
  readonly hardware: string;
  /** A firmware that hangs is reset after this time; without it only a power cycle helps. */
  readonly watchdogMs?: number;
}

/** After so many resets of its own in a row the unit waits for the host or for a power cycle, so that a boot loop ends. */
const MAX_SELF_RESETS = 8;

/**
 * The life of a unit with flash, MCUboot and an application: power, boots, self-test, faults. What it shows on USB and how it
 * answers there is for the kinds of units that extend it.
 */
export abstract class McubootUnit<Options extends McubootUnitOptions> extends UnitBehaviour implements BusDevice {
  readonly options: Options;
  readonly board: Board;
  readonly faults: FaultPlan;
  readonly #armed: ArmedFaults;
  readonly #firmware: RunningFirmware;
  /** Called when something durable has changed. */
  onChange: (() => void) | undefined;
  link: BusLink | undefined;
  protected readonly clock: SimulatorClock;
  #mode: UnitMode = 'off';
  #serial: string;
  #lastSwap: SwapType = 'none';
  #boots = 0;
  #selfResets = 0;

  constructor(options: Options, clock: SimulatorClock) {
    super();
    this.options = options;
    this.clock = clock;
    this.#serial = options.serial;
    this.board = new Board(options);
    this.faults = new FaultPlan(options.seed);
    this.#armed = new ArmedFaults(this.board.flash, this.faults);
    this.#firmware = new RunningFirmware({
      board: this.board,
      hardware: options.hardware,
      watchdogMs: options.watchdogMs,
      clock,
      confirmsItself: () => this.confirmsItself,
      onChange: () => this.onChange?.(),
      later: (durationMs, work) => this.laterInThisBoot(durationMs, work),
      resetItself: () => this.#resetItself(),
    });
  }

  get flash(): NorFlash {
    return this.board.flash;
  }

  get mode(): UnitMode {
    return this.#mode;
  }

  get descriptors(): DescriptorSet | undefined {
    if (this.#mode === 'off' || this.#mode === 'silent') return undefined;
    return this.faults.lies.falsifyDescriptors(this.describe(this.#mode));
  }

  /** Arms a fault of any kind. */
  arm(fault: Fault): void {
    this.#armed.arm(fault);
  }

  /** Takes back every fault that has not come yet, and every lie. */
  disarm(): void {
    this.#armed.disarm();
  }

  get hasFaultToCome(): boolean {
    return this.#armed.isPending;
  }

  powerOn(): void {
    if (this.#mode !== 'off') {
      this.resume();
      return;
    }
    this.#selfResets = 0;
    this.#surviveOrGoDark(() => {
      if (this.powerCycleIsReset) this.#bootWithFault();
      else this.#boot();
    });
    this.onChange?.();
  }

  /** The supply is gone: everything but the flash and the counter is lost, the no-init memory too. */
  powerOff(): void {
    this.#surviveOrGoDark(() => this.#firmware.settle());
    this.#loseSupply();
  }

  usbReset(): void {
    this.#surviveOrGoDark(() => {
      this.#firmware.settle();
      this.busReset();
    });
  }

  control(setup: ControlSetup, data: Uint8Array): ControlAnswer | undefined {
    let outcome: ControlOutcome | undefined;
    this.#selfResets = 0;
    this.#surviveOrGoDark(() => {
      this.#firmware.settle();
      outcome = this.answer(setup, data);
    });
    const then = outcome?.then;
    if (then !== undefined) this.#surviveOrGoDark(then);
    return outcome === undefined ? undefined : this.faults.lies.falsifyAnswer(setup, outcome.answer);
  }

  takeWorkMs(): number {
    return this.board.takeWorkMs();
  }

  /** The serial that the unit shows. */
  protected get serial(): string {
    return this.#serial;
  }

  protected get lastSwap(): SwapType {
    return this.#lastSwap;
  }

  protected get selfTest(): SelfTestReport {
    return this.#firmware.selfTest;
  }

  /** The firmware was started by the boot loader for one trial. */
  protected get runsTrial(): boolean {
    return this.#firmware.isTrial;
  }

  protected enterMode(mode: UnitMode): void {
    this.#mode = mode;
  }

  /** Restarts the unit through its boot loader. */
  protected reset(): void {
    this.beforeReset();
    const fault = this.#bootWithFault();
    this.onChange?.();
    const workMs = this.board.takeWorkMs();
    if (fault?.kind === 'other-position') this.link?.reenumerateAt(fault.position, workMs);
    else this.link?.reenumerate(workMs);
  }

  /** What the running firmware, or the watchdog over it, does by itself. */
  protected laterInThisBoot(durationMs: number, work: () => void): void {
    const bootNumber = this.#boots;
    this.link?.later(durationMs, () => {
      if (this.#boots === bootNumber && this.#mode !== 'off') this.#surviveOrGoDark(work);
    });
  }

  protected saveLife(): LifeMemory {
    const firmware = this.#firmware.memory;
    return {
      mode: this.#mode,
      serial: this.#serial,
      securityCounter: this.board.securityCounter,
      lastSwap: this.#lastSwap,
      ...(firmware === undefined ? {} : { firmware }),
    };
  }

  /** Puts the unit back as `saveLife` and a flash snapshot left it. A self-test that was running begins again. */
  protected restoreLife(memory: LifeMemory): void {
    this.#mode = memory.mode;
    this.#serial = memory.serial;
    this.#lastSwap = memory.lastSwap;
    this.board.restoreSecurityCounter(memory.securityCounter);
    const image = this.board.readRunningImage();
    if (memory.firmware !== undefined && image !== undefined) this.#firmware.start(image, memory.firmware);
  }

  #bootWithFault(): ResetFault | undefined {
    const fault = this.faults.takeForReset();
    if (fault?.kind === 'other-serial') this.#serial = fault.serial;
    if (fault?.kind === 'other-image') this.board.replaceStaged(fault.image);
    this.#boot();
    if (fault?.kind === 'no-return') this.#mode = 'silent';
    return fault;
  }

  #resetItself(): void {
    if (this.#selfResets >= MAX_SELF_RESETS) return;
    this.#selfResets += 1;
    this.reset();
  }

  #boot(): void {
    this.#firmware.stop();
    this.#boots += 1;
    const outcome = this.board.boot();
    this.#lastSwap = outcome.swapType;
    if (outcome.image === undefined) this.#mode = this.modeWithoutImage;
    else this.#mode = this.#firmware.boot(outcome.image) ? 'application' : 'silent';
    this.startUsb(this.#mode);
    if (this.#mode === 'application') this.#firmware.run();
  }

  #loseSupply(): void {
    this.#mode = 'off';
    this.#firmware.stop();
    this.#serial = this.options.serial;
    this.forget();
    this.onChange?.();
  }

  /** Runs a part of the unit's life. A power cut ends it; a flash failure outside a download leaves the unit hanging. */
  #surviveOrGoDark(live: () => void): void {
    try {
      live();
    } catch (error) {
      if (error instanceof PowerCutError) this.#loseSupply();
      else if (error instanceof FlashFailureError) this.#mode = 'silent';
      else throw error;
      this.link?.reenumerate(0);
      if (error instanceof PowerCutError) this.#restorePower();
    }
  }

  #restorePower(): void {
    const restoreAfterMs = this.#armed.takePowerCut()?.restoreAfterMs;
    if (restoreAfterMs === undefined) return;
    this.link?.later(restoreAfterMs, () => {
      this.powerOn();
      this.link?.reenumerate(this.board.takeWorkMs());
    });
  }
}
