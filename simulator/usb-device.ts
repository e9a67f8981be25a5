import type { ControlSetup } from './control.ts';
import { CONFIGURATION_VALUE } from './descriptor-set.ts';
import { readInterfaces, type InterfaceView } from './descriptor-view.ts';
import { DeviceFacts } from './device-facts.ts';
import { TransferError, type UsbConnection } from './usb-connection.ts';
import { DEVICE_DISCONNECTED, INTERFACE_BUSY, INVALID_STATE, usbError } from './usb-error.ts';
import type { UsbConfigurationView, UsbInResult, UsbOutResult } from './usb-types.ts';

const DEFAULT_TIMEOUT_MS = 1000;
/** wLength has 16 bits; the package's native side panics above. */
const MAX_TRANSFER_BYTES = 0xffff;
const BORROWED = 'The same native value cannot be borrowed mutably while another borrow is active';

/**
 * A virtual device as the `usb` package (3.1) shows a device: the WebUSB USBDevice interface plus bus, address, ports and speed,
 * with that package's habits. Each `getDevices()` makes new objects for the same device, as there.
 */
export class VirtualUsbDevice extends DeviceFacts implements USBDevice {
  readonly #connection: UsbConnection;
  readonly #interfaces: readonly InterfaceView[];
  #opened = false;
  #transfersUnderWay = 0;

  constructor(connection: UsbConnection) {
    super(connection);
    this.#connection = connection;
    this.#interfaces = readInterfaces(connection.descriptors);
  }

  get opened(): boolean {
    return this.#opened;
  }

  /** Throws after unplug: the real getter reads from the device. */
  get configuration(): UsbConfigurationView {
    if (this.#connection.isGone) throw usbError('configuration', DEVICE_DISCONNECTED);
    const [configuration] = this.configurations;
    if (configuration === undefined) throw usbError('configuration', 'configuration not found');
    return configuration;
  }

  get configurations(): UsbConfigurationView[] {
    if (this.#connection.isGone) throw usbError('configuration', DEVICE_DISCONNECTED);
    const interfaces = this.#interfaces.flatMap(({ interfaceNumber, alternates }) => {
      const [first] = alternates;
      if (first === undefined) return [];
      // `alternate` is the first one whatever has been selected: the package does not track it.
      const claimed = this.#connection.claims.has(interfaceNumber);
      return [{ interfaceNumber, claimed, alternate: first, alternates: [...alternates] }];
    });
    if (interfaces.length === 0) return [];
    return [{ configurationValue: CONFIGURATION_VALUE, configurationName: null, interfaces }];
  }

  async open(): Promise<void> {
    await this.#attempt('open', () => {
      this.#opened = true;
    });
  }

  /** Does not release interfaces: who reopens without having released finds them busy. */
  async close(): Promise<void> {
    this.#requireNoTransfer();
    this.#opened = false;
    await Promise.resolve();
  }

  async forget(): Promise<void> {
    await this.close();
  }

  async selectConfiguration(configurationValue: number): Promise<void> {
    await this.#attempt('selectConfiguration', () => {
      this.#requireOpen('selectConfiguration');
      if (configurationValue !== CONFIGURATION_VALUE) throw new TransferError('invalid configuration');
    });
  }

  async claimInterface(interfaceNumber: number): Promise<void> {
    await this.#attempt('claimInterface', () => {
      this.#requireOpen('claimInterface');
      if (this.#findInterface(interfaceNumber) === undefined) throw new TransferError('interface not found');
      if (this.#connection.claims.has(interfaceNumber)) throw new TransferError(INTERFACE_BUSY);
      this.#connection.claims.set(interfaceNumber, this);
    });
  }

  async releaseInterface(interfaceNumber: number): Promise<void> {
    await this.#attempt('releaseInterface', () => {
      this.#requireOpen('releaseInterface');
      if (this.#connection.claims.get(interfaceNumber) !== this) throw new TransferError('not claimed');
      this.#connection.claims.delete(interfaceNumber);
    });
  }

  async selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void> {
    const method = 'selectAlternateInterface';
    await this.#attempt(method, () => this.#requireClaimed(method, interfaceNumber));
    const alternates = this.#findInterface(interfaceNumber)?.alternates ?? [];
    if (!alternates.some((alternate) => alternate.alternateSetting === alternateSetting)) {
      throw usbError(method, 'alternate setting not found');
    }
    const setInterface = { requestType: 'standard', recipient: 'interface', request: 11 } as const;
    const setup = { ...setInterface, value: alternateSetting, index: interfaceNumber };
    await this.#transfer(method, 'out', setup, new Uint8Array(0), 0, DEFAULT_TIMEOUT_MS);
  }

  /** Rejects on stall, time-out and unplug alike; `timeoutMs` 0 waits for ever. */
  async controlTransferIn(
    setup: USBControlTransferParameters,
    length: number,
    timeoutMs: number = DEFAULT_TIMEOUT_MS,
  ): Promise<UsbInResult> {
    const received = await this.#transfer('controlTransferIn', 'in', setup, new Uint8Array(0), length, timeoutMs);
    return { data: new DataView(received.buffer, received.byteOffset, received.byteLength), status: 'ok' };
  }

  /** `data` must be given even where there is none: `new Uint8Array(0)`. */
  async controlTransferOut(
    setup: USBControlTransferParameters,
    data?: ArrayBuffer | ArrayBufferView,
    timeoutMs: number = DEFAULT_TIMEOUT_MS,
  ): Promise<UsbOutResult> {
    if (data === undefined) throw new TypeError("Cannot read properties of undefined (reading 'buffer')");
    const bytes =
      data instanceof ArrayBuffer
        ? new Uint8Array(data)
        : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await this.#transfer('controlTransferOut', 'out', setup, bytes.slice(), bytes.length, timeoutMs);
    return { bytesWritten: bytes.length, status: 'ok' };
  }

  /** The real bus reset; a device whose mode changes by it comes back as another object. */
  async reset(): Promise<void> {
    await this.#attempt('reset', () => {
      this.#requireOpen('reset');
      this.#connection.reset();
    });
  }

  clearHalt(): Promise<void> {
    return Promise.reject(usbError('clearHalt', 'endpoint not found'));
  }

  transferIn(): Promise<USBInTransferResult> {
    return Promise.reject(usbError('transferIn', 'endpoint not found'));
  }

  transferOut(): Promise<USBOutTransferResult> {
    return Promise.reject(usbError('transferOut', 'endpoint not found'));
  }

  isochronousTransferIn(): Promise<USBIsochronousInTransferResult> {
    return Promise.reject(usbError('isochronousTransferIn', 'method not implemented'));
  }

  isochronousTransferOut(): Promise<USBIsochronousOutTransferResult> {
    return Promise.reject(usbError('isochronousTransferOut', 'method not implemented'));
  }

  detachKernelDriver(): Promise<void> {
    return Promise.reject(usbError('detachKernelDriver', 'no kernel driver attached'));
  }

  attachKernelDriver(): Promise<void> {
    return Promise.reject(usbError('attachKernelDriver', 'failed to attach kernel driver'));
  }

  async #transfer(
    method: string,
    direction: 'in' | 'out',
    parameters: USBControlTransferParameters,
    data: Uint8Array,
    lenBytes: number,
    timeoutMs: number,
  ): Promise<Uint8Array> {
    if (lenBytes > MAX_TRANSFER_BYTES) throw usbError(method, 'Panic in async function');
    const { requestType, recipient, request, value, index } = parameters;
    const setup: ControlSetup = { direction, type: requestType, recipient, request, value, index, lenBytes };
    this.#transfersUnderWay += 1;
    try {
      this.#requireOpen(method);
      // Linux would claim by itself and only log it; Windows refuses. A host must not rely on the former.
      if (requestType === 'class' && recipient === 'interface') this.#requireClaimed(method, index);
      return await this.#connection.transfer(setup, data, timeoutMs);
    } catch (error) {
      throw error instanceof TransferError ? usbError(method, error.message) : error;
    } finally {
      this.#transfersUnderWay -= 1;
    }
  }

  async #attempt(method: string, act: () => void): Promise<void> {
    this.#requireNoTransfer();
    await Promise.resolve();
    try {
      this.#connection.requirePresent();
      act();
    } catch (error) {
      throw error instanceof TransferError ? usbError(method, error.message) : error;
    }
  }

  #findInterface(interfaceNumber: number): InterfaceView | undefined {
    return this.#interfaces.find((candidate) => candidate.interfaceNumber === interfaceNumber);
  }

  #requireOpen(method: string): void {
    if (!this.#opened) throw usbError(method, INVALID_STATE);
  }

  #requireClaimed(method: string, interfaceNumber: number): void {
    this.#requireOpen(method);
    if (this.#connection.claims.get(interfaceNumber) !== this) throw usbError(method, INVALID_STATE);
  }

  #requireNoTransfer(): void {
    if (this.#transfersUnderWay > 0) throw usbError('Failed to borrow', BORROWED);
  }
}
