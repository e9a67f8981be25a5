import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { formatUsbId } from './profile/profile-registry.ts';
import { openTarget, toTargetProfile } from './scheme/open-target.ts';
import { describeAttempt, type SightedUnit } from './sight-unit.ts';
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
      return refuse(
        'device.in-use',
        `The unit at position ${this.#scanner.describe(position)} is being worked on by another job.`,
        {
          position,
        },
      );
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
      return refuse(
        'device.no-profile',
        `No device profile of this station knows the unit at position ${this.#scanner.describe(position)} (USB id ${formatUsbId(unit.vendorId, unit.productId)}).`,
        {
          position,
          vendorId: unit.vendorId,
          productId: unit.productId,
        },
      );
    }
    if (unit.serial === null) {
      const reason = `The unit at position ${this.#scanner.describe(position)} has no usable serial number, so nobody could tell it from another one that is plugged in there. Ask its maker to give it one; nothing was written to it.`;
      return refuse('device.no-serial', reason, { position });
    }
    const target = openTarget(claim.profile, {
      identity: {
        position,
        serial: unit.serial,
        profile: claim.profile.id,
        ...(unit.place === null ? {} : { place: unit.place }),
      },
      scanner: this.#scanner,
      host: this.#host,
      onClose: () => this.#heldPositions.delete(position),
    });
    const known = await target.identify();
    if (known.ok) {
      this.#scanner.note(sighted.value, describeAttempt('ok', this.#host.platform, ''));
      return accept({ target, profile: toTargetProfile(claim.profile) });
    }
    await target.close();
    return this.#noteAccess(sighted.value, known);
  }

  /** What the attempt found is shown with the unit from now on; a unit that may not be opened is refused with the way out. */
  #noteAccess(sighted: SightedUnit, refusal: Refusal): Refusal {
    const { code } = refusal;
    if (code !== 'device.access-denied' && code !== 'device.interface-busy') return refusal;
    const { unit } = sighted;
    const usbId = formatUsbId(unit.vendorId, unit.productId);
    const finding = describeAttempt(code, this.#host.platform, usbId);
    this.#scanner.note(sighted, finding);
    if (code === 'device.interface-busy') return refusal;
    // What the system shows from outside knows more: which file, which rule.
    const hint = unit.access === 'denied' ? (unit.accessHint ?? finding.hint) : finding.hint;
    const where = this.#scanner.describe(unit.position);
    return refuse(
      code,
      `This account may not open the unit at position ${where}; nothing was written to it. ${hint ?? ''}`,
      {
        position: unit.position,
        usbId,
      },
    );
  }
}
