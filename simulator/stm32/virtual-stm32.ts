import type { BusDevice, BusLink } from '../bus-device.ts';
import type { SimulatorClock } from '../clock.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlSetup } from '../control.ts';
import { CONFIGURATION_VALUE, findDescriptor, type DescriptorSet } from '../descriptor-set.ts';
import { FaultPlan, type FlashFailure, type PowerCut, type TransferFault } from '../faults.ts';
import { PowerCutError, type NorFlash } from '../flash.ts';
import { Stm32Application } from './application.ts';
import { Stm32Chip } from './chip.ts';
import { describeRom } from './rom-descriptors.ts';
import { RomLoader } from './rom-loader.ts';
import { FlashMemory, OptionMemory, type RomMemory } from './rom-memory.ts';
import type { Stm32Options } from './stm32-options.ts';

const StandardRequest = { GET_DESCRIPTOR: 6, SET_CONFIGURATION: 9, SET_INTERFACE: 11 } as const;
/** STM32G0B1: three alternates, one string. */
const HIDDEN_ALTERNATES = 3;

/** A product around the part, in place of the one with a run-time DFU interface: it shares the flash and is started by the part. */
export interface BoardAroundStm32 {
  readonly device: BusDevice;
  readonly flash: NorFlash;
}

/**
 * An STM32 on the bench: ROM boot loader, two banks, option bytes, and an application. BOOT0 is a strap that a person sets; it
 * counts when the supply comes.
 */
export class VirtualStm32 implements BusDevice {
  readonly chip: Stm32Chip;
  readonly faults: FaultPlan;
  /** The strap: at the next power-up the ROM starts, whatever is in flash. */
  boot0 = false;
  readonly #clock: SimulatorClock;
  readonly #application: BusDevice;
  readonly #memories: readonly RomMemory[];
  #link: BusLink | undefined;
  #mode: 'off' | 'rom' | 'application' | 'dead' = 'off';
  #bank: 1 | 2 = 1;
  #rom: RomLoader | undefined;
  #powerCut: PowerCut | undefined;
  #restarts = false;

  constructor(options: Stm32Options, clock: SimulatorClock, board?: BoardAroundStm32) {
    this.chip = new Stm32Chip(options, board?.flash);
    this.#clock = clock;
    this.faults = board?.device.faults ?? new FaultPlan(options.seed);
    this.#application =
      board?.device ??
      new Stm32Application({
        chip: this.chip,
        clock,
        bank: () => this.#bank,
        enterRom: () => {
          this.#startRom();
          this.#link?.reenumerate(0);
        },
      });
    const flash = new FlashMemory(this.chip);
    this.#memories =
      options.optionAlternate === 'hidden'
        ? Array.from({ length: HIDDEN_ALTERNATES }, () => flash)
        : [flash, new OptionMemory(this.chip, () => (this.#restarts = true))];
  }

  get mode(): 'off' | 'rom' | 'application' | 'dead' {
    return this.#mode;
  }

  /** Physical bank whose firmware runs; undefined while none does. */
  get runningBank(): 1 | 2 | undefined {
    return this.#mode === 'application' && this.descriptors !== undefined ? this.#bank : undefined;
  }

  /** Commands that a host has sent to the ROM since it came up. */
  get commands(): readonly number[] {
    return this.#rom?.commands ?? [];
  }

  get link(): BusLink | undefined {
    return this.#link;
  }

  set link(link: BusLink | undefined) {
    this.#link = link;
    this.#application.link = link;
  }

  get descriptors(): DescriptorSet | undefined {
    if (this.#mode === 'rom') return describeRom(this.chip.options, this.#memories);
    return this.#mode === 'application' ? this.#application.descriptors : undefined;
  }

  /** Arms a fault of the bus or of the flash. */
  arm(fault: TransferFault | PowerCut | FlashFailure): void {
    if (fault.kind === 'power-cut') {
      this.#powerCut = fault;
      this.chip.flash.cutPowerAt(fault.flashOperation);
    } else if (fault.kind === 'flash-failure') this.chip.flash.failAt(fault.flashOperation);
    else this.faults.arm(fault);
  }

  powerOn(): void {
    if (this.#mode !== 'off') return;
    this.#boot();
  }

  powerOff(): void {
    this.#application.powerOff();
    this.#mode = 'off';
    this.#rom = undefined;
    this.#restarts = false;
  }

  usbReset(): void {
    if (this.#mode === 'application') this.#application.usbReset();
    // The ROM goes on where it was; only its USB function begins anew.
  }

  takeWorkMs(): number {
    return this.#mode === 'application' ? this.#application.takeWorkMs() : 0;
  }

  control(setup: ControlSetup, data: Uint8Array): ControlAnswer | undefined {
    if (this.#mode === 'application') return this.#application.control(setup, data);
    const rom = this.#rom;
    if (rom === undefined) return STALL;
    try {
      const { answer, then } = this.#answerRom(rom, setup, data);
      if (this.#restarts) {
        this.#restart();
        return undefined;
      }
      then?.();
      return answer;
    } catch (error) {
      if (!(error instanceof PowerCutError)) throw error;
      this.#losePower();
      return undefined;
    }
  }

  #answerRom(
    rom: RomLoader,
    setup: ControlSetup,
    data: Uint8Array,
  ): { readonly answer: ControlAnswer; readonly then?: () => void } {
    if (setup.type === 'class' && setup.recipient === 'interface' && setup.index === 0) return rom.handle(setup, data);
    if (setup.type !== 'standard') return { answer: STALL };
    const { direction, request, value, lenBytes } = setup;
    if (direction === 'in') {
      const descriptors = describeRom(this.chip.options, this.#memories);
      const found = request === StandardRequest.GET_DESCRIPTOR ? findDescriptor(descriptors, value) : undefined;
      return { answer: found === undefined ? STALL : answerData(found, lenBytes) };
    }
    if (request === StandardRequest.SET_CONFIGURATION) return { answer: value === CONFIGURATION_VALUE ? ACK : STALL };
    const isSelected = request === StandardRequest.SET_INTERFACE && rom.selectAlternate(value);
    return { answer: isSelected ? ACK : STALL };
  }

  /** What the part does when its supply comes, and when written option bytes are loaded (AN2606). */
  #boot(): void {
    this.#rom = undefined;
    this.#restarts = false;
    // Level 2 closes the ROM's debug ways for ever; a part that protected itself by damaged option bytes still has its ROM.
    if (this.boot0) {
      if (this.chip.optionBytes.readProtection === 'for-ever') this.#mode = 'dead';
      else this.#startRom();
      return;
    }
    const bank = this.chip.findBootBank();
    if (bank !== undefined) this.#startApplication(bank);
    else if (this.chip.options.emptyCheck) this.#startRom();
    else this.#mode = 'dead';
  }

  #startRom(): void {
    this.#application.powerOff();
    this.#mode = 'rom';
    this.#rom = new RomLoader({
      options: this.chip.options,
      memories: this.#memories,
      clock: this.#clock,
      takeWorkMs: () => this.chip.takeWorkMs(),
      unprotect: () => {
        this.chip.eraseAll();
        this.chip.optionBytes.unprotect();
        this.#restarts = true;
      },
      leave: (address) => this.#leave(address),
    });
  }

  /** A jump is no reset: what is at the address starts, whichever bank the option bit names. */
  #leave(address: number): void {
    if (this.chip.options.leavesBy === 'restart') {
      this.#restart();
      return;
    }
    const bank = this.chip.bankAt(address);
    if (bank !== undefined) this.#startApplication(bank);
    else this.#mode = 'dead';
    this.#link?.reenumerate(this.takeWorkMs());
  }

  #startApplication(bank: 1 | 2): void {
    this.#rom = undefined;
    this.#bank = bank;
    this.#mode = 'application';
    this.#application.powerOn();
  }

  #restart(): void {
    this.#application.powerOff();
    this.#boot();
    this.#link?.reenumerate(this.takeWorkMs());
  }

  #losePower(): void {
    const cut = this.#powerCut;
    this.#powerCut = undefined;
    this.powerOff();
    this.#link?.reenumerate(0);
    if (cut === undefined) return;
    this.faults.record(cut);
    if (cut.restoreAfterMs === undefined) return;
    this.#link?.later(cut.restoreAfterMs, () => {
      this.powerOn();
      this.#link?.reenumerate(this.takeWorkMs());
    });
  }
}
