import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BusSpeed } from './bus-speed.ts';
import type { SimulatorClock } from './clock.ts';
import { takeFolderLock } from './folder-lock.ts';
import type { UnitOrder } from './provision.ts';
import { provisionDevice, type BenchDevice, type DeviceOrder } from './device-kind.ts';
import { loadUnit, UnitFolder } from './unit-folder.ts';
import { VirtualUnit } from './unit.ts';
import { VirtualUsbBus } from './usb-bus.ts';
import { ZephyrUnit } from './zephyr/zephyr-unit.ts';

interface Placement {
  /** "1-4": bus 1, port 4. */
  readonly position: string;
  /** Its name on this bench; left out: its serial. Clones with one serial need names. */
  readonly id?: string;
}

/** A reference unit and where it stands. */
export interface PlacedUnit extends UnitOrder, Placement {
  readonly kind?: 'drydock';
}

/** A unit of any kind and where it stands. */
export type PlacedDevice = DeviceOrder & Placement;

export interface VirtualBenchOptions {
  readonly clock: SimulatorClock;
  /** Keeps the units between runs. Left out: they live in memory. */
  readonly folder?: string;
  /** Units to have on the bench. One whose name is in the folder already is taken as it was left; the order then counts for nothing. */
  readonly units?: readonly PlacedDevice[];
  /** Left out: transfers take no time. */
  readonly busSpeed?: BusSpeed;
  /** `own` (default): each unit has the wire for itself; `shared`: all are on one. */
  readonly busSegment?: 'own' | 'shared';
  readonly leaveMs?: number;
  readonly returnMs?: number;
  /** Left out: units that are due at the same moment hold up the process in one piece. */
  readonly takeTurn?: () => Promise<void>;
}

export interface VirtualBench {
  /** What the station uses in place of the `usb` package. */
  readonly bus: VirtualUsbBus;
  /** A unit of any kind by its name, which is its serial unless it was ordered with another one. Throws where there is none. */
  device(id: string): BenchDevice;
  /** A reference unit. Throws where there is none of that name. */
  unit(id: string): VirtualUnit;
  /** A Zephyr unit. Throws where there is none of that name. */
  zephyr(id: string): ZephyrUnit;
  /** Waits until no unit is on its way, stores all of them and lets go of the folder. */
  close(): Promise<void>;
}

/** Sets up a bench of virtual units of any kind, plugged in and running. Throws where another program holds the folder. */
export function openVirtualBench(options: VirtualBenchOptions): VirtualBench {
  const { clock, folder, units: orders = [], busSpeed, busSegment, leaveMs, returnMs, takeTurn } = options;
  const bus = new VirtualUsbBus({
    clock,
    ...(busSpeed === undefined ? {} : { speed: busSpeed }),
    ...(busSegment === undefined ? {} : { segment: busSegment }),
    ...(leaveMs === undefined ? {} : { leaveMs }),
    ...(returnMs === undefined ? {} : { returnMs }),
    ...(takeTurn === undefined ? {} : { takeTurn }),
  });
  const units = new Map<string, BenchDevice>();
  const releaseLock = folder === undefined ? undefined : takeFolderLock(folder);
  const stores: (() => void)[] = [];
  const install = (id: string, unit: BenchDevice, position: string): void => {
    units.set(id, unit);
    if (folder !== undefined) {
      const store = new UnitFolder(unitPath(folder, id));
      let lastPosition = position;
      unit.onChange = () => {
        lastPosition = bus.positionOf(unit) ?? lastPosition;
        store.save(unit, lastPosition);
      };
      stores.push(unit.onChange);
    }
    bus.plug(position, unit);
  };
  const find = (id: string): BenchDevice => {
    const unit = units.get(id);
    if (unit === undefined) throw new Error(`no virtual unit ${id} on this bench`);
    return unit;
  };
  if (folder !== undefined) {
    for (const path of listUnitPaths(folder)) {
      const { unit, position } = loadUnit(path, clock);
      install(decodeURIComponent(basename(path)), unit, position);
    }
  }
  for (const { position, id, ...order } of orders) {
    const name = id ?? order.serial;
    if (!units.has(name)) install(name, provisionDevice(order, clock), position);
  }
  return {
    bus,
    device: find,
    unit: (id) => {
      const unit = find(id);
      if (!(unit instanceof VirtualUnit)) throw new Error(`${id} is a ${unit.kind}, not a reference unit`);
      return unit;
    },
    zephyr: (id) => {
      const unit = find(id);
      if (!(unit instanceof ZephyrUnit)) throw new Error(`${id} is a ${unit.kind}, not a Zephyr unit`);
      return unit;
    },
    close: async () => {
      await bus.settle();
      for (const store of stores) store();
      releaseLock?.();
    },
  };
}

function unitPath(folder: string, id: string): string {
  return join(folder, 'units', encodeURIComponent(id));
}

function listUnitPaths(folder: string): string[] {
  const parent = join(folder, 'units');
  mkdirSync(parent, { recursive: true });
  const paths = readdirSync(parent).map((name) => join(parent, name));
  return paths.filter((path) => existsSync(path) && UnitFolder.isUsed(path)).sort();
}
