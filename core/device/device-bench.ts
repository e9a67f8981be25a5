import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { chooseClaim, findSerial } from './choose-claim.ts';
import { openTarget, toTargetProfile } from './scheme/open-target.ts';
import type { HostOptions } from './unit-connection.ts';
import type { DeviceBench, KnownUnit, OpenedUnit } from './update-target.ts';
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
   * Refuses with `device.in-use`, `device.not-found`, `device.no-usb`, `device.no-profile`, `device.profile-ambiguous`,
   * `device.no-serial`, `device.serial-needed`, `device.access-denied`, `device.wrong-product`, `device.other-unit`, or as
   * descriptors, answers and transfers do.
   */
  async open(position: string, known: KnownUnit | null = null): Promise<Result<OpenedUnit>> {
    if (this.#heldPositions.has(position)) {
      return refuse('device.in-use', `The unit at position ${position} is being worked on by another job.`, {
        position,
      });
    }
    this.#heldPositions.add(position);
    const opened = await this.#openTarget(position, known);
    if (!opened.ok) this.#heldPositions.delete(position);
    return opened;
  }

  async #openTarget(position: string, known: KnownUnit | null): Promise<Result<OpenedUnit>> {
    const sighted = await this.#scanner.find(position);
    if (!sighted.ok) return sighted;
    const claim = chooseClaim(sighted.value, known);
    if (!claim.ok) return claim;
    const { profile } = claim.value;
    const serial = findSerial(sighted.value, claim.value, known);
    if (!serial.ok) return serial;
    const becomes = profile.scheme === 'bootstrap-only' ? this.#scanner.findProfile(profile.becomes) : null;
    const target = openTarget(profile, {
      identity: { position, serial: serial.value, profile: profile.id },
      scanner: this.#scanner,
      host: this.#host,
      onClose: () => this.#heldPositions.delete(position),
      known,
    });
    const answers = await target.identify();
    if (answers.ok) return accept({ target, profile: toTargetProfile(profile, becomes) });
    await target.close();
    return answers;
  }
}
