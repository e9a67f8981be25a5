import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BusSpeed } from './bus-time.ts';
import type { SimulatorClock } from './clock.ts';
import { takeFolderLock } from './folder-lock.ts';
import { provisionUnit, type UnitOrder } from './provision.ts';
import { loadUnit, UnitFolder } from './unit-folder.ts';
import type { VirtualUnit } from './unit.ts';
import { VirtualUsbBus } from './usb-bus.ts';

export interface PlacedUnit extends UnitOrder {
  /** "1-4": bus 1, port 4. */
  readonly position: string;
}

export interface VirtualBenchOptions {
  readonly clock: SimulatorClock;
  /** Keeps the units between runs. Left out: they live in memory. */
  readonly folder?: string;
  /** Units to have on the bench. One whose serial is in the folder already is taken as it was left; the order then counts for nothing. */
  readonly units?: readonly PlacedUnit[];
  /** Left out: transfers take no time. */
  readonly busSpeed?: BusSpeed;
  readonly leaveMs?: number;
  readonly returnMs?: number;
}

export interface VirtualBench {
  /** What the station uses in place of the `usb` package. */
  readonly bus: VirtualUsbBus;
  /** By the serial it was ordered with. Throws where there is none. */
  unit(serial: string): VirtualUnit;
  /** Waits until no unit is on its way, stores all of them and lets go of the folder. */
  close(): Promise<void>;
}

/** Sets up a bench of virtual units, plugged in and running. Throws where another program holds the folder. */
export function openVirtualBench(options: VirtualBenchOptions): VirtualBench {
  const { clock, folder, units: orders = [], busSpeed, leaveMs, returnMs } = options;
  const bus = new VirtualUsbBus({
    clock,
    ...(busSpeed === undefined ? {} : { speed: busSpeed }),
    ...(leaveMs === undefined ? {} : { leaveMs }),
    ...(returnMs === undefined ? {} : { returnMs }),
  });
  const units = new Map<string, VirtualUnit>();
  const releaseLock = folder === undefined ? undefined : takeFolderLock(folder);
  const stores: (() => void)[] = [];
  const install = (unit: VirtualUnit, position: string): void => {
    units.set(unit.options.serial, unit);
    if (folder !== undefined) {
      const store = new UnitFolder(unitPath(folder, unit.options.serial), position);
      unit.onChange = () => store.save(unit);
      stores.push(unit.onChange);
    }
    bus.plug(position, unit);
  };
  if (folder !== undefined) {
    for (const path of listUnitPaths(folder)) {
      const { unit, position } = loadUnit(path, clock);
      install(unit, position);
    }
  }
  for (const { position, ...order } of orders) {
    if (!units.has(order.serial)) install(provisionUnit(order, clock), position);
  }
  return {
    bus,
    unit: (serial) => {
      const unit = units.get(serial);
      if (unit === undefined) throw new Error(`no virtual unit ${serial} on this bench`);
      return unit;
    },
    close: async () => {
      await bus.settle();
      for (const store of stores) store();
      releaseLock?.();
    },
  };
}

function unitPath(folder: string, serial: string): string {
  return join(folder, 'units', encodeURIComponent(serial));
}

function listUnitPaths(folder: string): string[] {
  const parent = join(folder, 'units');
  mkdirSync(parent, { recursive: true });
  const paths = readdirSync(parent).map((name) => join(parent, name));
  return paths.filter((path) => existsSync(path) && UnitFolder.isUsed(path)).sort();
}
