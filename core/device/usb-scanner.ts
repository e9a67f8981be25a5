import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { BenchUnit } from '../../contract/schema/device.ts';
import { positionOfEvent, toPosition } from './position.ts';
import type { ProfileClaim, ProfileRegistry } from './profile/profile-registry.ts';
import type { UsbBackend, UsbDeviceHandle, UsbEventListener } from './usb-backend.ts';

/** A unit as it stands on the bus at this moment. */
export interface SightedUnit {
  readonly unit: BenchUnit;
  readonly device: UsbDeviceHandle;
  readonly claim: ProfileClaim | null;
  /** Changes each time that the unit leaves the bus and comes back, also where it comes back looking the same. */
  readonly sighting: string;
}

export type BenchEvent =
  | { readonly kind: 'arrived' | 'left'; readonly unit: BenchUnit }
  /** The machine's USB cannot be read (any more). */
  | { readonly kind: 'no-usb'; readonly reason: string };

const HUB_CLASS = 0x09;

/**
 * Knows what is plugged in where. Every question looks at the bus anew; the bus's own events only say when to look, so that a
 * lost event costs time and not truth. `start()` keeps the process alive until `stop()`.
 */
export class UsbScanner {
  readonly #backend: UsbBackend;
  readonly #registry: ProfileRegistry;
  readonly #listeners = new Set<(event: BenchEvent) => void>();
  readonly #departures = new Map<string, number>();
  #known: ReadonlyMap<string, SightedUnit> = new Map();
  #hasUsb = true;
  #scan: Promise<Result<ReadonlyMap<string, SightedUnit>>> = Promise.resolve(accept(new Map()));
  /** The look that has not begun yet, if one is asked for. */
  #nextScan: Promise<Result<ReadonlyMap<string, SightedUnit>>> | null = null;
  #isStarted = false;

  constructor(backend: UsbBackend, registry: ProfileRegistry) {
    this.#backend = backend;
    this.#registry = registry;
  }

  /** Begins to report changes to the listeners. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#backend.addEventListener('connect', this.#onConnect);
    this.#backend.addEventListener('disconnect', this.#onDisconnect);
    this.#lookBeside();
  }

  stop(): void {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    this.#backend.removeEventListener('connect', this.#onConnect);
    this.#backend.removeEventListener('disconnect', this.#onDisconnect);
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: BenchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Everything but hubs, sorted by position; refuses with `device.no-usb`. */
  async list(): Promise<Result<readonly BenchUnit[]>> {
    const seen = await this.#look();
    if (!seen.ok) return seen;
    const units = [...seen.value.values()].map((sighted) => sighted.unit);
    return accept(units.sort((left, right) => left.position.localeCompare(right.position, 'en', { numeric: true })));
  }

  /** The unit at a position now; refuses with `device.not-found` or `device.no-usb`. */
  async find(position: string): Promise<Result<SightedUnit>> {
    const seen = await this.#look();
    if (!seen.ok) return seen;
    const sighted = seen.value.get(position);
    return sighted === undefined
      ? refuse('device.not-found', `No unit is plugged in at position ${position}.`, { position })
      : accept(sighted);
  }

  readonly #onConnect: UsbEventListener = () => this.#lookBeside();

  readonly #onDisconnect: UsbEventListener = (event) => {
    const position = positionOfEvent(event.device);
    if (position !== null) this.#departures.set(position, (this.#departures.get(position) ?? 0) + 1);
    this.#lookBeside();
  };

  /**
   * One look at a time, each of them fresh: a look that failed, by a listener's fault say, does not fail the next one. Those who ask
   * while another look is at work share the next one; a look takes the longer the more is plugged in, and many jobs wait for units at once.
   */
  async #look(): Promise<Result<ReadonlyMap<string, SightedUnit>>> {
    const readBus = () => {
      this.#nextScan = null;
      return this.#readBus();
    };
    this.#nextScan ??= this.#scan.then(readBus, readBus);
    this.#scan = this.#nextScan;
    return await this.#scan;
  }

  /** A look for the listeners' sake. Nobody waits for it, and its fault would end the process; who asks next gets a look of their own. */
  #lookBeside(): void {
    this.#look().catch(() => undefined);
  }

  async #readBus(): Promise<Result<ReadonlyMap<string, SightedUnit>>> {
    let devices: readonly UsbDeviceHandle[];
    try {
      devices = await this.#backend.getDevices();
    } catch (error) {
      const fault = error instanceof Error ? error.message.slice(0, 200) : '';
      const reason = 'This machine has no USB that Drydock can read; use a machine with USB, or the virtual unit.';
      this.#report(new Map());
      if (this.#hasUsb) this.#emit({ kind: 'no-usb', reason });
      this.#hasUsb = false;
      return refuse('device.no-usb', reason, { fault });
    }
    this.#hasUsb = true;
    const seen = new Map<string, SightedUnit>();
    for (const device of devices) {
      const sighted = this.#trySight(device);
      if (sighted !== null) seen.set(sighted.unit.position, sighted);
    }
    this.#report(seen);
    return accept(seen);
  }

  /** Getters of the `usb` package throw after unplug: such a device is passed over this time, its position unknown. */
  #trySight(device: UsbDeviceHandle): SightedUnit | null {
    try {
      return this.#sight(device);
    } catch {
      return null;
    }
  }

  #sight(device: UsbDeviceHandle): SightedUnit | null {
    const position = toPosition(device);
    if (position === null || device.deviceClass === HUB_CLASS) return null;
    const { vendorId, productId, address } = device;
    const claim = this.#registry.claim(vendorId, productId);
    const departures = this.#departures.get(position) ?? 0;
    return {
      device,
      claim,
      sighting: `${departures}/${address}/${vendorId}:${productId}`,
      unit: {
        position,
        profile: claim?.profile.id ?? null,
        vendorId,
        productId,
        serial: readSerial(device),
        mode: claim?.mode ?? null,
      },
    };
  }

  #report(seen: ReadonlyMap<string, SightedUnit>): void {
    const before = this.#known;
    this.#known = seen;
    for (const [position, old] of before) {
      if (seen.get(position)?.sighting !== old.sighting) this.#emit({ kind: 'left', unit: old.unit });
    }
    for (const [position, sighted] of seen) {
      if (before.get(position)?.sighting !== sighted.sighting) this.#emit({ kind: 'arrived', unit: sighted.unit });
    }
  }

  #emit(event: BenchEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The unit's own word, shown to people and compared: printable ASCII of a sane length, or none. */
function readSerial(device: UsbDeviceHandle): string | null {
  try {
    const serial = device.serialNumber;
    return typeof serial === 'string' && /^[\x20-\x7e]{1,128}$/.test(serial) ? serial : null;
  } catch {
    // Unplugged between the listing and this question.
    return null;
  }
}
