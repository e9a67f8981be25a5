import type { SimulatorClock } from '../clock.ts';
import type { VirtualUnit } from '../unit.ts';
import { makeVectors } from './stm32-image.ts';
import { completeStm32Options, type Stm32Options } from './stm32-options.ts';
import { VirtualStm32 } from './virtual-stm32.ts';

/**
 * The reference unit built around an STM32: its MCUboot and its slots lie in the part's flash, and BOOT0 leads to the ROM. The unit
 * must have been ordered with `loaderBytes`, and has not been powered yet.
 */
export function strapUnit(unit: VirtualUnit, clock: SimulatorClock, given: Partial<Stm32Options> = {}): VirtualStm32 {
  const { flash } = unit.board;
  const { sectorBytes, loaderBytes = 0, serial } = unit.options;
  if (loaderBytes === 0) throw new Error(`unit ${serial} has no pages for its boot loader`);
  const layout = { banks: 1, bankBytes: flash.geometry.sizeBytes, pageBytes: sectorBytes, bankSelect: 'none' } as const;
  const options = completeStm32Options({ serial, imageOffset: loaderBytes, ...layout, ...given });
  if (flash.read(0, loaderBytes).every((byte) => byte === 0xff)) flash.program(0, makeVectors(options));
  return new VirtualStm32(options, clock, { device: unit, flash });
}
