import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Clock } from '../../ports.ts';
import type { UsbLink } from '../usb-link.ts';
import { DfuPort } from './dfu-port.ts';
import { downloadImage, manifestImage } from './download.ts';
import type { DownloadRequest, Manifested } from './download.ts';
import { CONFIGURATION_HEADER_BYTES, parseConfigurationLength, parseDfuInterface } from './functional-descriptor.ts';
import type { DfuInterface } from './functional-descriptor.ts';
import type { DfuContext, DfuLimits } from './poll-status.ts';
import { returnToIdle } from './return-to-idle.ts';
import { uploadSlot } from './upload.ts';
import type { UploadRequest } from './upload.ts';

const GET_DESCRIPTOR = 0x06;
const CONFIGURATION_DESCRIPTOR = 0x0200;

export interface DfuSessionOptions {
  readonly link: UsbLink;
  readonly clock: Clock;
  readonly limits: DfuLimits;
  /** The interface that the profile names; a unit with its DFU elsewhere is refused. */
  readonly interfaceNumber: number;
  /** Most bytes that this host moves in one control transfer. */
  readonly hostTransferBytes: number;
}

/** The DFU interface of one opened unit, claimed. Each transfer starts by bringing the unit to dfuIDLE. */
export class DfuSession {
  readonly dfuInterface: DfuInterface;
  readonly #context: DfuContext;
  readonly #blockBytes: number;

  private constructor(dfuInterface: DfuInterface, context: DfuContext, blockBytes: number) {
    this.dfuInterface = dfuInterface;
    this.#context = context;
    this.#blockBytes = blockBytes;
  }

  /**
   * Reads the configuration descriptor and claims the DFU interface.
   * Refuses with `device.descriptor-invalid`, `device.no-dfu-interface`, or as the transfer does.
   */
  static async open(options: DfuSessionOptions): Promise<Result<DfuSession>> {
    const { link, clock, limits, interfaceNumber, hostTransferBytes } = options;
    const dfuInterface = await readDfuInterface(link, limits.transferMs);
    if (!dfuInterface.ok) return dfuInterface;
    if (dfuInterface.value.interfaceNumber !== interfaceNumber) {
      return refuse(
        'device.no-dfu-interface',
        `The unit's DFU interface is number ${dfuInterface.value.interfaceNumber}, its profile says ${interfaceNumber}.`,
      );
    }
    const claimed = await link.claim(interfaceNumber);
    if (!claimed.ok) return claimed;
    const context = { port: new DfuPort(link, interfaceNumber, limits.transferMs), clock, limits };
    const blockBytes = Math.min(dfuInterface.value.functional.transferBytes, hostTransferBytes);
    return accept(new DfuSession(dfuInterface.value, context, blockBytes));
  }

  /** Asks a unit in run-time mode to go to DFU mode. */
  async detach(): Promise<Result<void>> {
    return await this.#context.port.detach(this.dfuInterface.functional.detachTimeoutMs);
  }

  /** Brings a unit in DFU mode to dfuIDLE, whatever an earlier host left behind. */
  async recover(): Promise<Result<void>> {
    return await returnToIdle(this.#context);
  }

  /** Writes an image of at least one byte to `alternate` and manifests it. Refuses with `device.download-unsupported`, … */
  async download(alternate: number, request: Omit<DownloadRequest, 'blockBytes'>): Promise<Result<Manifested>> {
    const { canDownload, isManifestationTolerant } = this.dfuInterface.functional;
    if (!canDownload) return refuse('device.download-unsupported', 'The unit says that it takes no downloads.');
    const selected = await this.#select(alternate);
    if (!selected.ok) return selected;
    const nextBlock = await downloadImage(this.#context, { ...request, blockBytes: this.#blockBytes });
    if (!nextBlock.ok) return nextBlock;
    return await manifestImage(this.#context, nextBlock.value, isManifestationTolerant);
  }

  /** Reads the start of `alternate`. Refuses with `device.upload-unsupported`, … */
  async upload(alternate: number, request: Omit<UploadRequest, 'blockBytes'>): Promise<Result<void>> {
    if (!this.dfuInterface.functional.canUpload) {
      return refuse('device.upload-unsupported', 'The unit says that its slots cannot be read back.');
    }
    const selected = await this.#select(alternate);
    if (!selected.ok) return selected;
    return await uploadSlot(this.#context, { ...request, blockBytes: this.#blockBytes });
  }

  async #select(alternate: number): Promise<Result<void>> {
    if (!this.dfuInterface.alternates.includes(alternate)) {
      return refuse('device.slot-missing', `The unit has no alternate setting ${alternate} for the slot.`, {
        alternate,
      });
    }
    const selected = await this.#context.port.selectAlternate(alternate);
    return selected.ok ? await this.recover() : selected;
  }
}

/** In two requests: some units answer wrongly when they are asked for more than they have. */
async function readDfuInterface(link: UsbLink, timeoutMs: number): Promise<Result<DfuInterface>> {
  const read = (lenBytes: number) =>
    link.transferIn(
      'GET_DESCRIPTOR',
      {
        requestType: 'standard',
        recipient: 'device',
        request: GET_DESCRIPTOR,
        value: CONFIGURATION_DESCRIPTOR,
        index: 0,
      },
      lenBytes,
      timeoutMs,
    );
  const header = await read(CONFIGURATION_HEADER_BYTES);
  if (!header.ok) return header;
  const lenBytes = parseConfigurationLength(header.value);
  if (!lenBytes.ok) return lenBytes;
  const whole = await read(lenBytes.value);
  return whole.ok ? parseDfuInterface(whole.value) : whole;
}
