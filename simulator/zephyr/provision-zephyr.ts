import type { SimulatorClock } from '../clock.ts';
import { installFactoryImage } from '../provision.ts';
import type { ZephyrGeneration } from './generation.ts';
import { completeZephyrOptions, type ZephyrIdentity, type ZephyrOptions } from './options.ts';
import { ZephyrUnit } from './zephyr-unit.ts';

/** A Zephyr unit as it is ordered: what differs from the sample application of its generation, and what the factory installs. */
export interface ZephyrOrder
  extends Omit<ZephyrIdentity, 'generation'>, Partial<Omit<ZephyrOptions, keyof ZephyrIdentity>> {
  /** Signed image for the running slot, permanent from the start. Left out: a unit that never reaches the bus. */
  readonly factoryImage?: Uint8Array;
}

/** Makes a Zephyr unit as it leaves the factory; not powered yet. Throws where it cannot be built so, or would not start. */
export function provisionZephyrUnit(
  generation: ZephyrGeneration,
  order: ZephyrOrder,
  clock: SimulatorClock,
): ZephyrUnit {
  const { factoryImage, ...options } = order;
  const unit = new ZephyrUnit(completeZephyrOptions({ ...options, generation }), clock);
  if (factoryImage !== undefined) installFactoryImage(unit.board, factoryImage, order.serial);
  return unit;
}
