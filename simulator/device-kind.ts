import type { BusDevice } from './bus-device.ts';
import type { SimulatorClock } from './clock.ts';
import type { Fault } from './faults.ts';
import type { NorFlash } from './flash.ts';
import { provisionUnit, type UnitOrder } from './provision.ts';
import type { UnitOptions } from './unit-options.ts';
import type { UnitMemory } from './unit-state.ts';
import { VirtualUnit } from './unit.ts';
import type { ZephyrOptions } from './zephyr/options.ts';
import { provisionZephyrUnit, type ZephyrOrder } from './zephyr/provision-zephyr.ts';
import { ZephyrUnit, type ZephyrMemory } from './zephyr/zephyr-unit.ts';

/** The kinds of virtual units that a bench can have. A new kind is one more name here and one more case in the functions below. */
export const deviceKinds = ['drydock', 'zephyr-2.5', 'zephyr-legacy', 'zephyr-next'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

/** A unit as it is ordered; the reference unit where no kind is said. */
export type DeviceOrder =
  | ({ readonly kind?: 'drydock' } & UnitOrder)
  | ({ readonly kind: 'zephyr-2.5' | 'zephyr-legacy' | 'zephyr-next' } & ZephyrOrder);

/** What a bench needs of a unit to keep it. */
export interface BenchDevice extends BusDevice {
  readonly kind: DeviceKind;
  /** Plain JSON. */
  readonly options: { readonly serial: string };
  readonly flash: NorFlash;
  /** Called when something durable has changed. */
  onChange: (() => void) | undefined;
  arm(fault: Fault): void;
  disarm(): void;
  /** A fault is armed that has not struck yet. What it says of itself falsely, from now on, counts as come. */
  readonly hasFaultToCome: boolean;
  /** What is not flash and outlives the program: plain JSON. */
  saveMemory(): object;
}

/** A unit as it was stored: what `BenchDevice` gave. */
export type StoredDevice =
  | { readonly kind: 'drydock'; readonly options: UnitOptions; readonly memory: UnitMemory }
  | {
      readonly kind: 'zephyr-2.5' | 'zephyr-legacy' | 'zephyr-next';
      readonly options: ZephyrOptions;
      readonly memory: ZephyrMemory;
    };

/** Makes a unit as it leaves the factory; not powered yet. Throws where it cannot be made so. */
export function provisionDevice(order: DeviceOrder, clock: SimulatorClock): BenchDevice {
  switch (order.kind) {
    case 'zephyr-2.5':
      return provisionZephyrUnit('2.5', withoutKind(order), clock);
    case 'zephyr-legacy':
      return provisionZephyrUnit('legacy', withoutKind(order), clock);
    case 'zephyr-next':
      return provisionZephyrUnit('next', withoutKind(order), clock);
    default:
      return provisionUnit(withoutKind(order), clock);
  }
}

/** Puts a unit back as it was stored. */
export function restoreDevice(stored: StoredDevice, flash: Uint8Array, clock: SimulatorClock): BenchDevice {
  if (stored.kind === 'drydock') {
    const unit = new VirtualUnit(stored.options, clock);
    unit.flash.restore(flash);
    unit.restoreMemory(stored.memory);
    return unit;
  }
  const unit = new ZephyrUnit(stored.options, clock);
  unit.flash.restore(flash);
  unit.restoreMemory(stored.memory);
  return unit;
}

function withoutKind<Order extends object>(order: Order): Omit<Order, 'kind'> {
  return Object.fromEntries(Object.entries(order).filter(([name]) => name !== 'kind')) as Omit<Order, 'kind'>;
}
