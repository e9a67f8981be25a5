import type { SwapType } from './boot-loader/trailer.ts';
import type { DfuSnapshot } from './dfu/machine.ts';
import type { SelfTestReport } from './firmware.ts';

/** `silent`: powered, but the firmware hangs and nothing answers on the bus. */
export type UnitMode = 'off' | 'silent' | 'application' | 'dfu' | 'bootloader';
export type AnsweringMode = Exclude<UnitMode, 'off' | 'silent'>;

/** The result of the last trial boot, in memory that a reset does not clear. */
export type PreviousSelfTest = SelfTestReport & { readonly counter: number };

/** What of a unit's life is not flash: restored when a program opens the same unit again. */
export interface LifeMemory {
  readonly mode: UnitMode;
  readonly serial: string;
  readonly securityCounter: number;
  readonly lastSwap: SwapType;
  readonly firmware?: { readonly trial: boolean; readonly selfTestEnded: boolean };
}

/** The reference unit's memory. */
export interface UnitMemory extends LifeMemory {
  readonly previousSelfTest?: PreviousSelfTest;
  readonly dfu?: DfuSnapshot;
}
