import { DfuRequest, DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlOutcome, type ControlSetup } from '../control.ts';
import { alternateNames } from './describe.ts';
import type { ZephyrDfu, ZephyrDfuParts, ZephyrDfuSnapshot } from './dfu-function.ts';
import { DETACH_DELAY_MS } from './generation.ts';
import { FlashImage, RamDiskImage, type NextImage } from './next-image.ts';

/**
 * Zephyr's usbd_dfu.c of the device_next stack: Appendix A of DFU 1.1 nearly to the letter, but the state that GETSTATUS reports is
 * the one before its own transition, and the poll time is not enforced.
 */
export class NextDfu implements ZephyrDfu {
  readonly #parts: ZephyrDfuParts;
  #images: readonly NextImage[];
  #shows: 'run-time' | 'dfu' = 'run-time';
  #state: DfuState = DfuState.appIDLE;
  #status: DfuStatus = DfuStatus.OK;
  #alternate = 0;

  constructor(parts: ZephyrDfuParts) {
    this.#parts = parts;
    this.#images = makeImages(parts);
  }

  get state(): DfuState {
    return this.#state;
  }

  get shows(): 'run-time' | 'dfu' {
    return this.#shows;
  }

  get alternate(): number {
    return this.#alternate;
  }

  selectAlternate(alternate: number): boolean {
    const known = this.#shows === 'dfu' ? this.#images.length : 1;
    if (alternate >= known) return false;
    this.#alternate = alternate;
    return true;
  }

  handle(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    const { transferBytes } = this.#parts.options;
    // The stack has no buffer of that size and never asks the class.
    if (setup.direction === 'out' && setup.lenBytes > transferBytes) return { answer: STALL };
    if (this.#shows === 'run-time') return { answer: this.#answerRunTime(setup) };
    this.#parts.takeWorkMs();
    const answer = this.#answerDfu(setup, data);
    // The class writes before it answers, so the host waits in the transfer itself.
    const afterMs = this.#parts.takeWorkMs();
    return { answer: afterMs > 0 ? { ...answer, afterMs } : answer };
  }

  /** Nothing is waited for and nothing ends by it. */
  busReset(): void {
    // See above.
  }

  resume(): void {
    if (this.#state === DfuState.appDETACH) this.#detachLater();
  }

  snapshot(): ZephyrDfuSnapshot {
    const { stream } = this.#parts;
    const { lastBlock: block, sentBytes } = this.#flashImage.snapshot();
    return {
      shows: this.#shows,
      state: this.#state,
      status: this.#status,
      alternate: this.#alternate,
      sentBytes,
      block,
      stream: stream.snapshot(),
    };
  }

  restore(snapshot: ZephyrDfuSnapshot): void {
    this.#shows = snapshot.shows;
    this.#state = snapshot.state;
    this.#status = snapshot.status;
    this.#alternate = snapshot.alternate;
    this.#parts.stream.restore(snapshot.stream);
    this.#flashImage.restore({ lastBlock: snapshot.block, sentBytes: snapshot.sentBytes });
  }

  get #flashImage(): FlashImage {
    const chosen = this.#images[this.#alternate];
    if (chosen instanceof FlashImage) return chosen;
    const flash = this.#images.find((image) => image instanceof FlashImage);
    if (flash === undefined) throw new Error('the unit has no flash image');
    return flash;
  }

  #answerRunTime(setup: ControlSetup): ControlAnswer {
    if (setup.direction === 'in') return this.#report(setup) ?? STALL;
    if (setup.request !== DfuRequest.DETACH || this.#state !== DfuState.appIDLE) return STALL;
    this.#state = DfuState.appDETACH;
    this.#detachLater();
    return ACK;
  }

  /** The class tells the application, which shuts this device down and starts another one for DFU mode. */
  #detachLater(): void {
    this.#parts.later(DETACH_DELAY_MS, () => {
      this.#shows = 'dfu';
      this.#state = DfuState.dfuIDLE;
      this.#alternate = 0;
      this.#images = makeImages(this.#parts);
      this.#parts.changed();
      this.#parts.reenumerate();
    });
  }

  #answerDfu(setup: ControlSetup, data: Uint8Array): ControlAnswer {
    const reported = setup.direction === 'in' ? this.#report(setup) : undefined;
    if (reported !== undefined) {
      if (setup.request === DfuRequest.GETSTATUS) this.#goOn();
      return reported;
    }
    const { direction, request } = setup;
    if (direction === 'out' && request === DfuRequest.DNLOAD) return this.#download(setup, data);
    if (direction === 'in' && request === DfuRequest.UPLOAD) return this.#upload(setup);
    if (direction === 'out' && request === DfuRequest.ABORT) return this.#abort();
    if (direction === 'out' && request === DfuRequest.CLRSTATUS && this.#state === DfuState.dfuERROR) {
      return this.#enter(DfuState.dfuIDLE, DfuStatus.OK);
    }
    return this.#refuse();
  }

  /** GETSTATUS and GETSTATE; another length than theirs is answered with nothing. Undefined: another request. */
  #report(setup: ControlSetup): ControlAnswer | undefined {
    const { pollMs } = this.#parts.options;
    const answers: Readonly<Record<number, Uint8Array>> = {
      [DfuRequest.GETSTATUS]: Uint8Array.of(this.#status, pollMs & 0xff, (pollMs >> 8) & 0xff, 0, this.#state, 0),
      [DfuRequest.GETSTATE]: Uint8Array.of(this.#state),
    };
    const bytes = answers[setup.request];
    if (bytes === undefined) return undefined;
    return answerData(setup.lenBytes === bytes.length ? bytes : new Uint8Array(0), setup.lenBytes);
  }

  /** What a GETSTATUS does after its answer is written. */
  #goOn(): void {
    if (this.#state === DfuState['dfuDNLOAD-SYNC']) this.#state = DfuState['dfuDNLOAD-IDLE'];
    if (this.#state !== DfuState['dfuMANIFEST-SYNC']) return;
    this.#state = DfuState.dfuIDLE;
    // The application is told, and the class does not learn how it went.
    if (this.#parts.options.marks !== 'nothing' && this.#image instanceof FlashImage) this.#parts.requestUpgrade();
    this.#parts.changed();
  }

  #download(setup: ControlSetup, data: Uint8Array): ControlAnswer {
    const first = this.#state === DfuState.dfuIDLE;
    if (!first && this.#state !== DfuState['dfuDNLOAD-IDLE']) return this.#refuse();
    if (first && data.length === 0) return this.#refuse();
    if (!this.#image.write(setup.value, data)) return this.#fail(DfuStatus.errUNKNOWN);
    this.#state = data.length === 0 ? DfuState['dfuMANIFEST-SYNC'] : DfuState['dfuDNLOAD-SYNC'];
    return ACK;
  }

  /** The upload never ends by itself: the state of the last, short block is overwritten. */
  #upload(setup: ControlSetup): ControlAnswer {
    const { upload, transferBytes } = this.#parts.options;
    if (this.#state !== DfuState.dfuIDLE && this.#state !== DfuState['dfuUPLOAD-IDLE']) return this.#refuse();
    if (!upload || setup.lenBytes > transferBytes) return this.#refuse();
    const bytes = this.#image.read(setup.value, setup.lenBytes);
    if (bytes === undefined) return this.#fail(DfuStatus.errUNKNOWN);
    this.#state = DfuState['dfuUPLOAD-IDLE'];
    return answerData(bytes, setup.lenBytes);
  }

  #abort(): ControlAnswer {
    const allowed: readonly DfuState[] = [DfuState.dfuIDLE, DfuState['dfuDNLOAD-IDLE'], DfuState['dfuUPLOAD-IDLE']];
    return allowed.includes(this.#state) ? this.#enter(DfuState.dfuIDLE, this.#status) : this.#refuse();
  }

  /** In dfuERROR the status that led there stays. */
  #refuse(): ControlAnswer {
    return this.#state === DfuState.dfuERROR ? STALL : this.#fail(DfuStatus.errSTALLEDPKT);
  }

  #fail(status: DfuStatus): ControlAnswer {
    this.#enter(DfuState.dfuERROR, status);
    return STALL;
  }

  #enter(state: DfuState, status: DfuStatus): ControlAnswer {
    this.#state = state;
    this.#status = status;
    return ACK;
  }

  get #image(): NextImage {
    const image = this.#images[this.#alternate];
    if (image === undefined) throw new Error(`no alternate setting ${this.#alternate}`);
    return image;
  }
}

function makeImages(parts: ZephyrDfuParts): readonly NextImage[] {
  return alternateNames(parts.options).map((name) => {
    if (name === 'ramdisk0') return new RamDiskImage();
    return new FlashImage(parts, name === 'slot0_image' ? 0 : 1);
  });
}
