import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { openTarget } from './scheme/open-target.ts';
import type { HostOptions } from './unit-connection.ts';
import type { DeviceBench, OpenedUnit } from './update-target.ts';
import type { UsbScanner } from './usb-scanner.ts';

/** The units on this station's USB ports. One holder per position at a time. */
export class UsbDeviceBench implements DeviceBench {
  readonly #scanner: UsbScanner;
  readonly #host: HostOptions;
  readonly #heldPositions = new Set<string>();

  constructor(scanner: UsbScanner, host: HostOptions) {
    this.#scanner = scanner;
    this.#host = host;
  }

  /**
   * Opens the unit at a position, asks it who it is, and holds the position until the target is closed.
   *
   * Refuses with `device.in-use`, `device.not-found`, `device.no-usb`, `device.no-profile`, `device.no-serial`,
   * `device.access-denied`, `device.wrong-product`, `device.other-unit`, or as descriptors, answers and transfers do.
   */
  async open(position: string): Promise<Result<OpenedUnit>> {
    if (this.#heldPositions.has(position)) {
      return refuse('device.in-use', `The unit at position ${position} is being worked on by another job.`, {
        position,
      });
    }
    this.#heldPositions.add(position);
    const opened = await this.#openTarget(position);
    if (!opened.ok) this.#heldPositions.delete(position);
    return opened;
  }

  async #openTarget(position: string): Promise<Result<OpenedUnit>> {
    const sighted = await this.#scanner.find(position);
    if (!sighted.ok) return sighted;
    const { claim, unit } = sighted.value;
    if (claim === null) {
      return refuse('device.no-profile', `No device profile of this station knows the unit at position ${position}.`, {
        position,
        vendorId: unit.vendorId,
        productId: unit.productId,
      });
    }
    if (unit.serial === null) {
      return refuse('device.no-serial', `The unit at position ${position} has no usable serial number.`, { position });
    }
    const opened = openTarget(claim.profile, {
      identity: { position, serial: unit.serial, profile: claim.profile.id },
      scanner: this.#scanner,
      host: this.#host,
      onClose: () => this.#heldPositions.delete(position),
    });
    const known = await opened.target.identify();
    if (known.ok) return accept(opened);
    await opened.target.close();
    return known;
  }
}
