import type { BusDevice } from './bus-device.ts';
import type { BusSpeed } from './bus-speed.ts';
import { BusSegment, BusTime } from './bus-time.ts';
import type { SimulatorClock } from './clock.ts';
import { UsbConnection } from './usb-connection.ts';
import { VirtualUsbDevice } from './usb-device.ts';

export interface BusOptions {
  readonly clock: SimulatorClock;
  /** Left out: transfers take no time. */
  readonly speed?: BusSpeed;
  /** `own` (default): each device has the wire for itself, as on a hub with a translator for each port. `shared`: all are on one. */
  readonly segment?: 'own' | 'shared';
  /** From the moment a device leaves to the disconnect event. */
  readonly leaveMs?: number;
  /** From that event to the connect event, beside the time its boot takes. */
  readonly returnMs?: number;
  /**
   * Waited for before a device works on a request, and again before its host has the answer (`turnOfOwn`). Left out: devices whose time
   * has come at the same moment work, and their hosts go on, in one piece.
   */
  readonly takeTurn?: () => Promise<void>;
}

export interface UsbConnectionEventLike {
  readonly device: VirtualUsbDevice;
}

type ConnectionEventType = 'connect' | 'disconnect';
type ConnectionListener = (event: UsbConnectionEventLike) => void;

interface Socket {
  readonly device: BusDevice;
  ports: readonly number[];
  bus: string;
  connection: UsbConnection | undefined;
  /** Raised when the device leaves or is taken out, so that what was planned before does not happen. */
  generation: number;
}

/**
 * A USB bus with named positions ("1-4", "1-2.3": bus, then the ports through which the device hangs). Devices are plugged in by hand;
 * a host sees them as through the `usb` package's WebUSB object.
 */
export class VirtualUsbBus {
  readonly #options: BusOptions;
  readonly #sockets = new Map<string, Socket>();
  readonly #listeners: Record<ConnectionEventType, Set<ConnectionListener>> = {
    connect: new Set(),
    disconnect: new Set(),
  };
  readonly #planned = new Set<Promise<void>>();
  readonly #sharedSegment = new BusSegment();
  #lastAddress = 0;

  constructor(options: BusOptions) {
    this.#options = options;
  }

  /** New objects at every call, for every device on the bus. */
  getDevices(): Promise<VirtualUsbDevice[]> {
    return Promise.resolve(this.connections.map((connection) => new VirtualUsbDevice(connection)));
  }

  addEventListener(type: ConnectionEventType, listener: ConnectionListener): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: ConnectionEventType, listener: ConnectionListener): void {
    this.#listeners[type].delete(listener);
  }

  /** Every enumeration that is under way: what a host can reach now. */
  get connections(): readonly UsbConnection[] {
    return [...this.#sockets.values()].flatMap(({ connection }) => connection ?? []);
  }

  get positions(): readonly string[] {
    return [...this.#sockets.keys()];
  }

  /** Where a device is plugged in; undefined where it is not. */
  positionOf(device: BusDevice): string | undefined {
    return [...this.#sockets].find(([, socket]) => socket.device === device)?.[0];
  }

  deviceAt(position: string): BusDevice | undefined {
    return this.#sockets.get(position)?.device;
  }

  /** Plugs a device in: it gets power and boots. One that already runs (a restored one) goes on where it was. */
  plug(position: string, device: BusDevice): void {
    const socket = this.#occupy(position, device);
    device.powerOn();
    const bootMs = device.takeWorkMs();
    if (bootMs === 0) this.#appear(socket);
    else device.link?.later(bootMs, () => this.#appear(socket));
  }

  /** Takes the device out: its power goes, and every transfer under way is rejected. */
  unplug(position: string): BusDevice {
    const socket = this.#sockets.get(position);
    if (socket === undefined) throw new Error(`no device at position ${position}`);
    this.#sockets.delete(position);
    socket.device.link = undefined;
    socket.device.powerOff();
    this.#disappear(socket);
    return socket.device;
  }

  /** Switches the power of a position off and on again. */
  powerCycle(position: string): void {
    const device = this.unplug(position);
    this.plug(position, device);
  }

  /** Resolves when no device is about to leave or to come back. */
  async settle(): Promise<void> {
    while (this.#planned.size > 0) await Promise.all(this.#planned);
  }

  #occupy(position: string, device: BusDevice): Socket {
    if (this.#sockets.has(position)) throw new Error(`position ${position} is taken`);
    const socket: Socket = { device, ...parsePosition(position), connection: undefined, generation: 0 };
    this.#sockets.set(position, socket);
    device.link = {
      reenumerate: (bootMs) => this.#reenumerate(socket, bootMs),
      reenumerateAt: (other, bootMs) => {
        this.#move(socket, other);
        this.#reenumerate(socket, bootMs);
      },
      later: (durationMs, work) => {
        this.#plan(durationMs, () => {
          if (this.#isInUse(socket)) work();
        });
      },
    };
    return socket;
  }

  #move(socket: Socket, position: string): void {
    if (this.#sockets.has(position)) throw new Error(`position ${position} is taken`);
    this.#sockets.delete(nameOf(socket));
    Object.assign(socket, parsePosition(position));
    this.#sockets.set(position, socket);
  }

  #isInUse(socket: Socket): boolean {
    return this.#sockets.get(nameOf(socket)) === socket;
  }

  #reenumerate(socket: Socket, bootMs: number): void {
    const { leaveMs = 200, returnMs = 500 } = this.#options;
    const { connection } = socket;
    socket.connection = undefined;
    socket.generation += 1;
    const { generation } = socket;
    const isCurrent = (): boolean => socket.generation === generation && this.#isInUse(socket);
    if (connection !== undefined) {
      connection.close();
      this.#plan(leaveMs, () => this.#announce('disconnect', connection));
    }
    this.#plan(leaveMs + returnMs + bootMs, () => {
      if (isCurrent()) this.#appear(socket);
    });
  }

  #appear(socket: Socket): void {
    const { descriptors } = socket.device;
    if (descriptors === undefined || socket.connection !== undefined) return;
    this.#lastAddress = (this.#lastAddress % 127) + 1;
    const address = socket.device.faults.takeAddress() ?? this.#lastAddress;
    const { clock, speed, takeTurn } = this.#options;
    const connection = new UsbConnection({
      device: socket.device,
      descriptors,
      place: { bus: socket.bus, ports: socket.ports, address },
      clock,
      busTime: speed === undefined ? undefined : new BusTime(speed, clock, this.#segmentOfDevice()),
      speed: speed?.deviceSpeed ?? 'full',
      takeTurn,
      unplug: (replugAfterMs) => this.#pull(socket, replugAfterMs),
    });
    socket.connection = connection;
    this.#announce('connect', connection);
  }

  #segmentOfDevice(): BusSegment {
    return this.#options.segment === 'shared' ? this.#sharedSegment : new BusSegment();
  }

  #disappear(socket: Socket): void {
    const { connection } = socket;
    socket.connection = undefined;
    socket.generation += 1;
    if (connection === undefined) return;
    connection.close();
    this.#announce('disconnect', connection);
  }

  /** A hand that pulls the plug, and may put it back. */
  #pull(socket: Socket, replugAfterMs: number | undefined): void {
    const position = nameOf(socket);
    const device = this.unplug(position);
    if (replugAfterMs === undefined) return;
    this.#plan(replugAfterMs, () => {
      if (!this.#sockets.has(position)) this.plug(position, device);
    });
  }

  #announce(type: ConnectionEventType, connection: UsbConnection): void {
    for (const listener of [...this.#listeners[type]]) listener({ device: new VirtualUsbDevice(connection) });
  }

  #plan(durationMs: number, work: () => void): void {
    const planned = this.#options.clock.sleep(durationMs).then(() => {
      this.#planned.delete(planned);
      work();
    });
    this.#planned.add(planned);
  }
}

function nameOf({ bus, ports }: Socket): string {
  return `${bus}-${ports.join('.')}`;
}

function parsePosition(position: string): { readonly bus: string; readonly ports: readonly number[] } {
  const match = /^(\d+)-(\d+(?:\.\d+)*)$/.exec(position);
  const [, bus, ports] = match ?? [];
  if (bus === undefined || ports === undefined) throw new Error(`position "${position}" is not like "1-4" or "1-2.3"`);
  return { bus, ports: ports.split('.').map(Number) };
}
