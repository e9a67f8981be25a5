import type { ControlSetup, UsbBackend, UsbDeviceHandle, UsbEventListener } from '../../core/device/usb-backend.ts';

/** One control transfer as the device sees it. */
export interface Transfer {
  readonly name: string;
  readonly setup: ControlSetup;
  /** Bytes sent by the host; empty for IN. */
  readonly data: Uint8Array;
  /** Bytes asked for by the host; 0 for OUT. */
  readonly lenBytes: number;
  readonly timeoutMs: number | undefined;
}

/** Bytes to answer with, nothing (an acknowledged OUT), or an Error to reject with. */
export type Answer = Uint8Array | Error | undefined;
export type Respond = (transfer: Transfer) => Answer;

/** As the `usb` package rejects. */
export const stall = () => new Error('endpoint stalled');
export const unplugged = () => new Error('device disconnected');
export const timedOut = () => new Error('transfer was cancelled');

const CLASS_NAMES = ['DETACH', 'DNLOAD', 'UPLOAD', 'GETSTATUS', 'CLRSTATUS', 'GETSTATE', 'ABORT'];
const VENDOR_NAMES = ['INFO', 'ACTIVATE', 'CONFIRM', 'RESET'];

/** A unit that answers from a script: for answers that no proper unit would give. */
export class ScriptedUsbDevice implements UsbDeviceHandle {
  readonly vendorId = 0x1209;
  readonly productId: number;
  readonly serialNumber: string | null;
  readonly deviceClass: number;
  readonly bus: string;
  readonly ports: readonly number[];
  address: number;
  opened = false;
  /** Every call in order; transfers by name, with block numbers. */
  readonly log: string[] = [];
  readonly transfers: Transfer[] = [];
  respond: Respond;
  openFailure: Error | undefined;
  #running = 0;
  readonly #claimed = new Set<number>();

  constructor(options: {
    readonly respond: Respond;
    readonly productId?: number;
    readonly serial?: string | null;
    readonly bus?: string;
    readonly ports?: readonly number[];
    readonly address?: number;
    readonly deviceClass?: number;
  }) {
    this.respond = options.respond;
    this.productId = options.productId ?? 0x0002;
    this.serialNumber = options.serial === undefined ? 'VU-0001' : options.serial;
    this.bus = options.bus ?? '001';
    this.ports = options.ports ?? [2, 4];
    this.address = options.address ?? 5;
    this.deviceClass = options.deviceClass ?? 0;
  }

  async open(): Promise<void> {
    this.log.push('open');
    await Promise.resolve();
    if (this.openFailure !== undefined) throw this.openFailure;
    this.opened = true;
  }

  async close(): Promise<void> {
    this.log.push('close');
    if (this.#running > 0) throw new Error('cannot be borrowed mutably');
    if (this.#claimed.size > 0) throw new Error('interface is busy');
    await Promise.resolve();
    this.opened = false;
  }

  async reset(): Promise<void> {
    this.log.push('reset');
    await Promise.resolve();
  }

  async claimInterface(interfaceNumber: number): Promise<void> {
    this.log.push(`claim ${interfaceNumber}`);
    await Promise.resolve();
    if (this.#claimed.has(interfaceNumber)) throw new Error('interface is busy');
    this.#claimed.add(interfaceNumber);
  }

  async releaseInterface(interfaceNumber: number): Promise<void> {
    this.log.push(`release ${interfaceNumber}`);
    await Promise.resolve();
    this.#claimed.delete(interfaceNumber);
  }

  async selectAlternateInterface(interfaceNumber: number, alternate: number): Promise<void> {
    this.log.push(`alternate ${interfaceNumber}/${alternate}`);
    await Promise.resolve();
  }

  async controlTransferIn(setup: ControlSetup, lenBytes: number, timeoutMs?: number): Promise<{ data: DataView }> {
    const bytes = await this.#transfer({ setup, lenBytes, timeoutMs, data: new Uint8Array(0) });
    // A view into a larger buffer, as the package may hand out.
    const padded = new Uint8Array(bytes.byteLength + 8);
    padded.set(bytes, 4);
    return { data: new DataView(padded.buffer, 4, bytes.byteLength) };
  }

  async controlTransferOut(
    setup: ControlSetup,
    data: Uint8Array<ArrayBuffer>,
    timeoutMs?: number,
  ): Promise<{ status: string; bytesWritten: number }> {
    await this.#transfer({ setup, lenBytes: 0, timeoutMs, data: data.slice() });
    return { status: 'ok', bytesWritten: data.byteLength };
  }

  async #transfer(call: Omit<Transfer, 'name'>): Promise<Uint8Array> {
    if (this.#running > 0) throw new Error('cannot be borrowed mutably');
    this.#running += 1;
    try {
      await Promise.resolve();
      const transfer: Transfer = { ...call, name: nameOf(call.setup) };
      this.transfers.push(transfer);
      const isBlock = transfer.name === 'DNLOAD' || transfer.name === 'UPLOAD';
      this.log.push(isBlock ? `${transfer.name} ${call.setup.value}` : transfer.name);
      const answer = this.respond(transfer);
      if (answer instanceof Error) throw answer;
      return answer ?? new Uint8Array(0);
    } finally {
      this.#running -= 1;
    }
  }
}

function nameOf(setup: ControlSetup): string {
  if (setup.requestType === 'class') return CLASS_NAMES[setup.request] ?? 'class ?';
  if (setup.requestType === 'vendor') return VENDOR_NAMES[setup.request - 0xd0] ?? 'vendor ?';
  return setup.request === 6 ? 'GET_DESCRIPTOR' : 'standard ?';
}

/** A bus whose content the test sets; `fire` tells the listeners. */
export class ScriptedBackend implements UsbBackend {
  devices: readonly UsbDeviceHandle[] = [];
  failure: Error | undefined;
  readonly listeners = new Map<'connect' | 'disconnect', Set<UsbEventListener>>();

  async getDevices(): Promise<readonly UsbDeviceHandle[]> {
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
    return this.devices;
  }

  addEventListener(type: 'connect' | 'disconnect', listener: UsbEventListener): void {
    const listeners = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, listeners.add(listener));
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: UsbEventListener): void {
    this.listeners.get(type)?.delete(listener);
  }

  fire(type: 'connect' | 'disconnect', device: unknown): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ device });
  }

  get listenerCount(): number {
    return [...this.listeners.values()].reduce((count, listeners) => count + listeners.size, 0);
  }
}

/** GETSTATUS answer by numbers (DFU 1.1 §6.1.2). */
export function statusBytes(state: number, pollTimeoutMs = 0, status = 0): Uint8Array {
  return Uint8Array.of(status, pollTimeoutMs & 0xff, (pollTimeoutMs >> 8) & 0xff, pollTimeoutMs >> 16, state, 0);
}

export interface DescribedDfu {
  readonly protocol?: number;
  readonly alternates?: number;
  readonly attributes?: number;
  readonly detachTimeoutMs?: number;
  readonly transferBytes?: number;
  /** bcdDFUVersion; 0x0110 unless given. */
  readonly version?: number;
  /** String descriptors by index, as they are sent; alternate n has the interface string 4 + n. */
  readonly strings?: Readonly<Record<number, Uint8Array>>;
}

/** The answer to GET_DESCRIPTOR, standard requests of USB 2.0 §9.4.3. */
export function descriptorAnswer(described: DescribedDfu, { setup, lenBytes }: Transfer): Answer {
  if (setup.value === 0x0200) return configurationDescriptor(described).subarray(0, lenBytes);
  const string = setup.value >> 8 === 3 ? described.strings?.[setup.value & 0xff] : undefined;
  return string?.subarray(0, lenBytes) ?? stall();
}

/** A string descriptor (USB 2.0 §9.6.7). */
export function stringDescriptor(text: string): Uint8Array {
  const units = Buffer.from(text, 'utf16le');
  return Uint8Array.from([units.byteLength + 2, 3, ...units]);
}

/** Configuration descriptor of a unit with one DFU interface (USB 2.0 §9.6.3, DFU 1.1 §4.2). */
export function configurationDescriptor(options: DescribedDfu = {}): Uint8Array {
  const {
    protocol = 2,
    alternates = 2,
    attributes = 0x0f,
    detachTimeoutMs = 1000,
    transferBytes = 64,
    version = 0x0110,
  } = options;
  const interfaces = Array.from({ length: alternates }, (_, alternate) => [
    9,
    4,
    0,
    alternate,
    0,
    0xfe,
    0x01,
    protocol,
    4 + alternate,
  ]);
  const functional = [
    9,
    0x21,
    attributes,
    detachTimeoutMs & 0xff,
    detachTimeoutMs >> 8,
    transferBytes & 0xff,
    transferBytes >> 8,
    version & 0xff,
    version >> 8,
  ];
  const total = 9 + 9 * alternates + 9;
  return Uint8Array.from([9, 2, total & 0xff, total >> 8, 1, 1, 0, 0x80, 50, ...interfaces.flat(), ...functional]);
}
