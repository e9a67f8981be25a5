import type { ControlOutcome, ControlSetup } from './control.ts';
import type { DescriptorSet } from './descriptor-set.ts';
import type { AnsweringMode, UnitMode } from './unit-state.ts';

/** What a kind of unit must say of itself: how it shows itself on USB, what it answers there, and what becomes of it at a boot or without power. */
export abstract class UnitBehaviour {
  /** What the unit shows in a mode, before any lie. */
  protected abstract describe(mode: AnsweringMode): DescriptorSet;
  protected abstract answer(setup: ControlSetup, data: Uint8Array): ControlOutcome;
  protected abstract busReset(): void;
  /** A boot is over: the USB function begins anew. */
  protected abstract startUsb(mode: UnitMode): void;
  /** The supply is gone, and the memory of the USB function with it. */
  protected abstract forget(): void;
  /** Plugged in while it runs (restored by another program): timers begin again. */
  protected abstract resume(): void;
  /** Called before a reset, while the old firmware still runs. */
  protected abstract beforeReset(): void;
  protected abstract readonly confirmsItself: boolean;
  /** What becomes of the unit where nothing may boot. */
  protected abstract readonly modeWithoutImage: 'bootloader' | 'silent';
  /** Whether faults of the next reset come with a power cycle too. */
  protected abstract readonly powerCycleIsReset: boolean;
}
