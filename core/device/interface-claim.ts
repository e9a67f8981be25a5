import { classifyTransferError } from './dfu/transfer-error.ts';
import type { BusPlace } from './position.ts';
import type { UsbDeviceHandle } from './usb-backend.ts';

/** Names the system's driver that holds an interface; null where none does, or where it cannot be known. */
export type DriverReader = (place: BusPlace, interfaceNumber: number) => string | null;

/** Linux's name for a program that has claimed an interface, as this one does. */
const ANOTHER_PROGRAM = 'usbfs';

/**
 * One interface, claimed and given back. Where a driver of the kernel holds it, that driver is detached for as long as it is
 * claimed. The package would take an interface from another program in the same way, in the middle of what that does with the
 * unit; so nothing is detached unless a driver is known by its name.
 */
export class InterfaceClaim {
  readonly #device: UsbDeviceHandle;
  readonly #readDriver: DriverReader | undefined;
  #interfaceNumber: number | null = null;
  #hasDetached = false;
  #holder: string | null = null;

  constructor(device: UsbDeviceHandle, readDriver: DriverReader | undefined) {
    this.#device = device;
    this.#readDriver = readDriver;
  }

  /** The driver that stood in the way of the last {@link take}. */
  get holder(): string | null {
    return this.#holder;
  }

  /** Rejects as the package does. */
  async take(interfaceNumber: number): Promise<void> {
    try {
      await this.#device.claimInterface(interfaceNumber);
    } catch (error) {
      if (classifyTransferError(error) !== 'interface-busy') throw error;
      const holder = this.#readDriver?.(this.#device, interfaceNumber) ?? null;
      if (holder === null || holder === ANOTHER_PROGRAM) throw error;
      this.#holder = holder;
      await this.#takeFromDriver(interfaceNumber, error);
    }
    this.#interfaceNumber = interfaceNumber;
  }

  /** The package's `close()` leaves interfaces claimed, and the kernel its driver detached. */
  async giveBack(): Promise<void> {
    const interfaceNumber = this.#interfaceNumber;
    this.#interfaceNumber = null;
    if (interfaceNumber === null) return;
    await this.#device.releaseInterface(interfaceNumber).catch(() => undefined);
    await this.#attach(interfaceNumber);
  }

  async #takeFromDriver(interfaceNumber: number, busy: unknown): Promise<void> {
    if (this.#device.detachKernelDriver === undefined) throw busy;
    try {
      await this.#device.detachKernelDriver(interfaceNumber);
    } catch {
      // What is in the way is still the driver; why it stays is of less use to a technician.
      throw busy;
    }
    this.#hasDetached = true;
    try {
      await this.#device.claimInterface(interfaceNumber);
    } catch (error) {
      await this.#attach(interfaceNumber);
      throw error;
    }
  }

  async #attach(interfaceNumber: number): Promise<void> {
    if (!this.#hasDetached) return;
    this.#hasDetached = false;
    await this.#device.attachKernelDriver?.(interfaceNumber).catch(() => undefined);
  }
}
