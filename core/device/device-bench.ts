import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { chooseClaim, findSerial } from './choose-claim.ts';
import { checkPinned, pinProfile } from './profile/profile-pin.ts';
import { formatUsbId } from './profile/usb-claims.ts';
import type { SourcedProfile } from './profile/profile-source.ts';
import { noHeldPages } from './scheme/dfuse-dual-bank/held-page-folder.ts';
import type { HeldPages } from './scheme/dfuse-dual-bank/held-page.ts';
import { openTarget, toTargetProfile } from './scheme/open-target.ts';
import { describeAttempt, type SightedUnit } from './sight-unit.ts';
import type { HostOptions } from './unit-connection.ts';
import type { DeviceBench, KnownUnit, OpenedUnit } from './update-target.ts';
import type { UsbScanner } from './usb-scanner.ts';

/** The units on this station's USB ports. One holder per position at a time. */
export class UsbDeviceBench implements DeviceBench {
  readonly #scanner: UsbScanner;
  readonly #host: HostOptions;
  readonly #heldPages: HeldPages;
  readonly #heldPositions = new Set<string>();

  /** `heldPages`: where pages of units are kept that must outlive the program; without it, units that need it are not written. */
  constructor(scanner: UsbScanner, host: HostOptions, heldPages: HeldPages = noHeldPages) {
    this.#heldPages = heldPages;
    this.#scanner = scanner;
    this.#host = host;
  }

  /**
   * Opens the unit at a position, asks it who it is, and holds the position until the target is closed.
   *
   * Refuses with `device.in-use`, `device.not-found`, `device.no-usb`, `device.no-profile`, `device.profile-ambiguous`,
   * `device.profile-not-in-force`, `device.profile-changed`, `device.no-serial`, `device.serial-needed`, `device.access-denied`, `device.wrong-product`, `device.other-unit`, or as
   * descriptors, answers and transfers do. A unit that a bundle's profile has driven in this job is driven by that one on; where its
   * bytes are not to be had, as `ProfileBook.load` refuses.
   */
  async open(position: string, known: KnownUnit | null = null): Promise<Result<OpenedUnit>> {
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
    const released: (() => void)[] = [() => this.#heldPositions.delete(position)];
    const release = (): void => released.forEach((end) => end());
    const hold = (profile: SourcedProfile): void => void released.push(this.#scanner.pin(position, profile));
    const opened = await this.#openTarget(position, known, hold, release);
    if (!opened.ok) release();
    return opened;
  }

  async #openTarget(
    position: string,
    known: KnownUnit | null,
    hold: (profile: SourcedProfile) => void,
    release: () => void,
  ): Promise<Result<OpenedUnit>> {
    if (known?.pin?.source === 'bundle') {
      const begun = await this.#scanner.loadProfile(known.pin);
      if (!begun.ok) return begun;
      hold(begun.value);
    }
    await this.#scanner.refreshProfiles();
    const sighted = await this.#scanner.find(position);
    if (!sighted.ok) return sighted;
    const where = this.#scanner.describe(position);
    const claim = chooseClaim(sighted.value, known, where);
    if (!claim.ok) return claim;
    const same = checkPinned(known?.pin, claim.value, where);
    if (!same.ok) return same;
    const { profile, source } = claim.value;
    // For as long as the unit is held, and also where the bundle ceases to count meanwhile.
    if (source.kind === 'bundle') hold({ profile, source });
    const serial = findSerial(sighted.value, claim.value, known, where);
    if (!serial.ok) return serial;
    const { place } = sighted.value.unit;
    const target = openTarget(profile, {
      identity: { position, serial: serial.value, profile: profile.id, ...(place === null ? {} : { place }) },
      scanner: this.#scanner,
      host: this.#host,
      onClose: release,
      known,
      heldPages: this.#heldPages,
    });
    const answers = await target.identify();
    if (answers.ok) {
      this.#scanner.note(sighted.value, describeAttempt('ok', this.#host.platform, ''));
      const find = (id: string) => this.#scanner.findProfile(id);
      return accept({ target, profile: toTargetProfile(profile, find), pin: pinProfile(claim.value) });
    }
    await target.close();
    return this.#noteAccess(sighted.value, answers);
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
