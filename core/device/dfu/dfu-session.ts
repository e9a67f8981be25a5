import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { UsbLink } from '../usb-link.ts';
import { DFU_VERSION } from './constants.ts';
import { downloadImage, manifestImage } from './download.ts';
import type { DownloadRequest, Manifested } from './download.ts';
import { findAlternate } from './find-alternate.ts';
import type { DfuInterface } from './functional-descriptor.ts';
import { leaveDfuMode } from './leave-dfu-mode.ts';
import { openDfuInterface } from './open-interface.ts';
import type { DfuInterfaceOptions, OpenedDfuInterface } from './open-interface.ts';
import { returnToIdle } from './return-to-idle.ts';
import { uploadSlot } from './upload.ts';
import type { UploadRequest } from './upload.ts';

/** The DFU interface of one opened unit, claimed. Each transfer starts by bringing the unit to dfuIDLE. */
export class DfuSession {
  readonly dfuInterface: DfuInterface;
  readonly #opened: OpenedDfuInterface;
  readonly #link: UsbLink;

  private constructor(opened: OpenedDfuInterface, link: UsbLink) {
    this.dfuInterface = opened.dfuInterface;
    this.#opened = opened;
    this.#link = link;
  }

  /** Refuses as {@link openDfuInterface}. */
  static async open(options: DfuInterfaceOptions): Promise<Result<DfuSession>> {
    const opened = await openDfuInterface(options);
    return opened.ok ? accept(new DfuSession(opened.value, options.link)) : opened;
  }

  /** The claimed interface, for what else is spoken over it (DfuSe). */
  get opened(): OpenedDfuInterface {
    return this.#opened;
  }

  /** Asks a unit in run-time mode to go to DFU mode. */
  async detach(): Promise<Result<void>> {
    const { port, quirks } = this.#opened.context;
    return await port.detach(this.dfuInterface.functional.detachTimeoutMs, quirks.has('detach-forced-by-index'));
  }

  /** Sends a unit in DFU mode back to its application, as its profile says; see {@link leaveDfuMode}. */
  async leave(): Promise<Result<void>> {
    return await leaveDfuMode(this.#link, this.#opened);
  }

  /** Brings a unit in DFU mode to dfuIDLE, whatever an earlier host left behind. */
  async recover(): Promise<Result<void>> {
    return await returnToIdle(this.#opened.context);
  }

  /**
   * Writes an image of at least one byte to the alternate setting of this number or name, and manifests it. Refuses with
   * `device.download-unsupported`, `device.dfu-version`, `device.slot-missing`, or as {@link downloadImage} and {@link manifestImage}.
   */
  async download(
    alternate: number | string,
    request: Omit<DownloadRequest, 'blockBytes'>,
  ): Promise<Result<Manifested>> {
    const nextBlock = await this.send(alternate, request);
    return nextBlock.ok ? await this.#manifestAfter(nextBlock.value) : nextBlock;
  }

  /**
   * Writes an image and leaves the unit in dfuDNLOAD-IDLE, with nothing manifested. Returns the number of the block that follows.
   * Refuses as {@link download}.
   */
  async send(alternate: number | string, request: Omit<DownloadRequest, 'blockBytes'>): Promise<Result<number>> {
    if (!this.dfuInterface.functional.canDownload) {
      return refuse('device.download-unsupported', 'The unit says that it takes no downloads.');
    }
    const selected = await this.#select(alternate);
    if (!selected.ok) return selected;
    return await downloadImage(this.#opened.context, { ...request, blockBytes: this.#opened.blockBytes });
  }

  /**
   * Manifests what {@link send} has written. Anywhere but in dfuDNLOAD-IDLE the empty block would mean something else (Zephyr marks
   * whatever lies in the slot), so that the unit is asked for its state first. Refuses with `device.state-unexpected` or as
   * {@link manifestImage}.
   */
  async manifest(nextBlock: number): Promise<Result<Manifested>> {
    const state = await this.#opened.context.port.getState();
    if (!state.ok) return state;
    if (state.value !== 'dfuDNLOAD-IDLE') {
      return refuse(
        'device.state-unexpected',
        `The unit is in DFU state ${state.value} where dfuDNLOAD-IDLE is expected after its last block; nothing was activated.`,
        { state: state.value },
      );
    }
    return await this.#manifestAfter(nextBlock);
  }

  /** Reads the start of an alternate setting. Refuses with `device.upload-unsupported`, `device.dfu-version`, `device.slot-missing`, or as {@link uploadSlot}. */
  async upload(alternate: number | string, request: Omit<UploadRequest, 'blockBytes'>): Promise<Result<void>> {
    if (!this.dfuInterface.functional.canUpload) {
      return refuse('device.upload-unsupported', 'The unit says that its slots cannot be read back.');
    }
    const selected = await this.#select(alternate);
    if (!selected.ok) return selected;
    return await uploadSlot(this.#opened.context, { ...request, blockBytes: this.#opened.blockBytes });
  }

  /** Right after the last block's status, which said dfuDNLOAD-IDLE. */
  async #manifestAfter(nextBlock: number): Promise<Result<Manifested>> {
    return await manifestImage(this.#opened.context, nextBlock, this.dfuInterface.functional.isManifestationTolerant);
  }

  async #select(wanted: number | string): Promise<Result<void>> {
    if (this.dfuInterface.functional.version === DFU_VERSION.dfuse) {
      // Its first two block numbers are commands: what is sent as data would be carried out.
      return refuse(
        'device.dfu-version',
        "The unit speaks DfuSe, its profile's scheme is for DFU 1.1; nothing was sent.",
      );
    }
    const alternate = findAlternate(this.dfuInterface.alternates, wanted);
    if (!alternate.ok) return alternate;
    const selected = await this.#opened.context.port.selectAlternate(alternate.value);
    return selected.ok ? await this.recover() : selected;
  }
}
