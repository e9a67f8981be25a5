import { namePlace } from '../../contract/plain/name-place.ts';
import type { PlaceLabel } from '../../contract/schema/bench-place.ts';
import type { BenchUnit } from '../../contract/schema/device.ts';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { unknownAccess, type AccessFinding, type AccessProbe } from './access-probe.ts';
import { positionOfEvent } from './position.ts';
import type { ProfileBook } from './profile/profile-book.ts';
import type { ProfileRegistry } from './profile/profile-registry.ts';
import type { DeviceProfile } from './profile/profile.ts';
import type { ProfilePin } from './profile/profile-pin.ts';
import type { SourcedProfile } from './profile/profile-source.ts';
import { markClones, sightUnit, type SightedUnit } from './sight-unit.ts';
import type { UsbBackend, UsbDeviceHandle, UsbEventListener } from './usb-backend.ts';

export type { SightedUnit } from './sight-unit.ts';

export type BenchEvent =
  | { readonly kind: 'arrived' | 'left'; readonly unit: BenchUnit }
  /** The machine's USB cannot be read (any more). */
  | { readonly kind: 'no-usb'; readonly reason: string }
  /** It can be read again. */
  | { readonly kind: 'usb-ready' };

/** Calls `look` now and then, until the function that it returns is called. */
export type Heartbeat = (look: () => void) => () => void;

/** What the scanner is told by the house around it; each may be left out. */
export interface ScannerOptions {
  readonly placeAt?: (position: string) => PlaceLabel | null;
  readonly probeAccess?: AccessProbe;
  readonly heartbeat?: Heartbeat;
}

type Seen = ReadonlyMap<string, SightedUnit>;

/**
 * Knows what is plugged in where. Every question looks at the bus anew; the bus's own events only say when to look, and the
 * heartbeat looks for what they did not tell, so that a lost event costs time and not truth. `start()` keeps the process alive
 * until `stop()`.
 */
export class UsbScanner {
  readonly #backend: UsbBackend;
  readonly #book: ProfileBook;
  readonly #pins = new Map<string, SourcedProfile>();
  /** As of the last look. */
  #registry: ProfileRegistry | null = null;
  readonly #options: ScannerOptions;
  readonly #listeners = new Set<(event: BenchEvent) => void>();
  readonly #departures = new Map<string, number>();
  readonly #opened = new Map<string, AccessFinding>();
  #known: Seen = new Map();
  #hasUsb = true;
  #scan: Promise<Result<Seen>> = Promise.resolve(accept(new Map()));
  /** The look that has not begun yet, if one is asked for. */
  #nextScan: Promise<Result<Seen>> | null = null;
  #stopHeartbeat: (() => void) | null = null;
  #isListening = false;

  constructor(backend: UsbBackend, book: ProfileBook, options: ScannerOptions = {}) {
    this.#backend = backend;
    this.#book = book;
    this.#options = options;
  }

  /** Begins to report changes to the listeners; a second call does nothing. */
  start(): void {
    if (this.#stopHeartbeat !== null) return;
    const look = (): void => this.#lookBeside();
    this.#stopHeartbeat = this.#options.heartbeat?.(look) ?? (() => undefined);
    look();
  }

  stop(): void {
    this.#stopHeartbeat?.();
    this.#stopHeartbeat = null;
    if (!this.#isListening) return;
    this.#isListening = false;
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
      ? refuse('device.not-found', `No unit is plugged in at position ${this.describe(position)}.`, { position })
      : accept(sighted);
  }

  /** The position as people know it: its place's name beside the port path. */
  describe(position: string): string {
    return namePlace(position, this.#options.placeAt?.(position));
  }

  /** Remembers what an attempt to open a unit found, for as long as that unit stays plugged in. */
  note({ sighting }: SightedUnit, finding: AccessFinding): void {
    this.#opened.set(sighting, finding);
  }

  /** The device profile of this id, as of the last look; null where there is none. */
  findProfile(id: string): DeviceProfile | null {
    return this.#registry?.find(id) ?? null;
  }

  /** Asks anew which profiles count, before a unit is opened. */
  async refreshProfiles(): Promise<void> {
    await this.#book.refresh();
  }

  /** The profile that a job began with. Refuses as `ProfileBook.load`. */
  loadProfile(pin: ProfilePin): Promise<Result<SourcedProfile>> {
    return this.#book.load(pin);
  }

  /**
   * The unit at a position is known by this profile from now on, whatever else counts; returns the function that ends it. One that
   * does not have the profile's USB ids is not.
   */
  pin(position: string, profile: SourcedProfile): () => void {
    this.#pins.set(position, profile);
    return () => {
      if (this.#pins.get(position) === profile) this.#pins.delete(position);
    };
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
  async #look(): Promise<Result<Seen>> {
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

  async #readBus(): Promise<Result<Seen>> {
    // As of before the listing: a unit that was listed and leaves only then has not come back.
    const departures = new Map(this.#departures);
    let devices: readonly UsbDeviceHandle[];
    try {
      devices = await this.#backend.getDevices();
    } catch (error) {
      return this.#losesUsb(error);
    }
    if (!this.#hasUsb) this.#emit({ kind: 'usb-ready' });
    this.#hasUsb = true;
    this.#listen();
    const registry = await this.#book.now();
    this.#registry = registry;
    const sighted = devices.flatMap((device) => this.#trySight(device, registry, departures) ?? []);
    const seen = new Map(markClones(sighted).map((unit) => [unit.unit.position, unit]));
    this.#report(seen);
    return accept(seen);
  }

  #losesUsb(error: unknown): Result<never> {
    const fault = error instanceof Error ? error.message.slice(0, 200) : '';
    const reason = 'This machine has no USB that Drydock can read; use a machine with USB, or the virtual unit.';
    this.#report(new Map());
    if (this.#hasUsb) this.#emit({ kind: 'no-usb', reason });
    this.#hasUsb = false;
    return refuse('device.no-usb', reason, { fault });
  }

  /** Not before the bus was read once: where there is no USB, the `usb` package's events end the process with an error of their own. */
  #listen(): void {
    if (this.#stopHeartbeat === null || this.#isListening) return;
    this.#isListening = true;
    this.#backend.addEventListener('connect', this.#onConnect);
    this.#backend.addEventListener('disconnect', this.#onDisconnect);
    // For what came between this look and the first event that is heard.
    this.#lookBeside();
  }

  /** Getters of the `usb` package throw after unplug: such a device is passed over this time, its position unknown. */
  #trySight(
    device: UsbDeviceHandle,
    registry: ProfileRegistry,
    departures: ReadonlyMap<string, number>,
  ): SightedUnit | null {
    const { placeAt = () => null, probeAccess = () => unknownAccess } = this.#options;
    const [pins, opened] = [this.#pins, this.#opened];
    try {
      return sightUnit(device, { registry, pins, probeAccess, placeAt, departures, opened });
    } catch {
      return null;
    }
  }

  #report(seen: Seen): void {
    const before = this.#known;
    this.#known = seen;
    for (const [position, old] of before) {
      if (seen.get(position)?.sighting !== old.sighting) this.#emit({ kind: 'left', unit: old.unit });
    }
    const standing = new Set([...seen.values()].map(({ sighting }) => sighting));
    for (const sighting of this.#opened.keys()) {
      if (!standing.has(sighting)) this.#opened.delete(sighting);
    }
    for (const [position, sighted] of seen) {
      if (before.get(position)?.sighting !== sighted.sighting) this.#emit({ kind: 'arrived', unit: sighted.unit });
    }
  }

  #emit(event: BenchEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
