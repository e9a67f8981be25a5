import { DfuRequest, DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlOutcome, type ControlSetup } from '../control.ts';
import type { ZephyrDfu, ZephyrDfuParts, ZephyrDfuSnapshot } from './dfu-function.ts';
import { writeBlock, type WorkOutcome } from './legacy-worker.ts';
import { DETACH_DELAY_MS, REBOOT_DELAY_MS } from './generation.ts';

/**
 * Zephyr's usb_dfu.c, 2.5 and later, quirks and all: the state is set before the worker has written, a refused request leads to
 * appIDLE or to dfuERROR with errUNKNOWN, and nothing but a power cycle ends DFU mode.
 */
export class LegacyDfu implements ZephyrDfu {
  readonly #parts: ZephyrDfuParts;
  readonly #is25: boolean;
  /** The stack's one request buffer: what 2.5 sends where it has nothing to say. */
  readonly #requestBuffer: Uint8Array;
  #shows: 'run-time' | 'dfu' = 'run-time';
  #state: DfuState = DfuState.appIDLE;
  #status: DfuStatus = DfuStatus.OK;
  #alternate = 0;
  /** Slot 1 until a SET_INTERFACE says otherwise, although alternate 0 is the first one. */
  #slot: 0 | 1 = 1;
  #sentBytes = 0;
  #block = 0;
  /** What the worker thread will have done once the flash is ready. */
  #work: (WorkOutcome & { readonly endsMs: number }) | undefined;

  constructor(parts: ZephyrDfuParts) {
    this.#parts = parts;
    this.#is25 = parts.options.generation === '2.5';
    this.#requestBuffer = new Uint8Array(parts.options.transferBytes);
  }

  get state(): DfuState {
    this.#settle();
    return this.#state;
  }

  get shows(): 'run-time' | 'dfu' {
    return this.#shows;
  }

  get alternate(): number {
    return this.#alternate;
  }

  /** The class takes the slot from any SET_INTERFACE 0 or 1; the stack then refuses an alternate that is not described (2.5: not). */
  selectAlternate(alternate: number): boolean {
    if (alternate !== 0 && alternate !== 1) return false;
    this.#slot = alternate;
    if (!this.#is25 && this.#shows === 'run-time' && alternate !== 0) return false;
    this.#alternate = alternate;
    return true;
  }

  handle(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    this.#settle();
    // The stack has no room for more and never asks the class.
    if (setup.direction === 'out' && setup.lenBytes > this.#requestBuffer.length) return { answer: STALL };
    if (setup.direction === 'out') this.#requestBuffer.set(data);
    const answer = setup.direction === 'in' ? this.#toHost(setup) : this.#toDevice(setup, data);
    if (answer.kind === 'data') this.#requestBuffer.set(answer.bytes);
    return { answer };
  }

  /** Ends only the wait of a 2.5 after DETACH. In DFU mode it changes nothing at all. */
  busReset(): void {
    this.#settle();
    if (!this.#is25) return;
    if (this.#state === DfuState.appDETACH) this.#state = DfuState.dfuIDLE;
  }

  resume(): void {
    if (!this.#is25 && this.#state === DfuState.appDETACH) this.#detachLater();
    if (this.#state === DfuState['dfuMANIFEST-WAIT-RESET']) this.#rebootLater();
  }

  snapshot(): ZephyrDfuSnapshot {
    const { state, status } = this.#work ?? { state: this.#state, status: this.#status };
    return {
      shows: this.#shows,
      state,
      status,
      alternate: this.#alternate,
      sentBytes: this.#sentBytes,
      block: this.#block,
      stream: this.#parts.stream.snapshot(),
      slot: this.#slot,
    };
  }

  restore(snapshot: ZephyrDfuSnapshot): void {
    this.#shows = snapshot.shows;
    this.#state = snapshot.state;
    this.#status = snapshot.status;
    this.#alternate = snapshot.alternate;
    this.#slot = snapshot.slot ?? 1;
    this.#sentBytes = snapshot.sentBytes;
    this.#block = snapshot.block;
    this.#parts.stream.restore(snapshot.stream);
  }

  #toHost(setup: ControlSetup): ControlAnswer {
    if (setup.request === DfuRequest.GETSTATUS) return this.#getStatus(setup);
    if (setup.request === DfuRequest.GETSTATE) return answerData(Uint8Array.of(this.#state), setup.lenBytes);
    return setup.request === DfuRequest.UPLOAD ? this.#upload(setup) : STALL;
  }

  #toDevice(setup: ControlSetup, data: Uint8Array): ControlAnswer {
    switch (setup.request) {
      case DfuRequest.DETACH:
        return this.#detach();
      case DfuRequest.DNLOAD:
        return this.#leavesApplication() ? STALL : this.#download(data);
      case DfuRequest.ABORT:
        if (this.#leavesApplication()) return STALL;
        this.#resetCounters();
        return this.#enter(DfuState.dfuIDLE, DfuStatus.OK);
      case DfuRequest.CLRSTATUS:
        return this.#leavesApplication() ? STALL : this.#enter(DfuState.dfuIDLE, DfuStatus.OK);
      default:
        return STALL;
    }
  }

  /** Requests of DFU mode in the application's states are stalled, and end a detach. */
  #leavesApplication(): boolean {
    if (this.#state !== DfuState.appIDLE && this.#state !== DfuState.appDETACH) return false;
    this.#state = DfuState.appIDLE;
    return true;
  }

  #getStatus(setup: ControlSetup): ControlAnswer {
    if (this.#state === DfuState['dfuMANIFEST-SYNC']) {
      const reboots = this.#parts.options.afterDownload === 'reboot';
      this.#state = reboots ? DfuState['dfuMANIFEST-WAIT-RESET'] : DfuState.dfuIDLE;
      if (reboots) this.#rebootLater();
    }
    const { pollMs } = this.#parts.options;
    const bytes = Uint8Array.of(this.#status, pollMs & 0xff, (pollMs >> 8) & 0xff, 0, this.#state, 0);
    return answerData(bytes, setup.lenBytes);
  }

  /** In any state but appIDLE a DETACH is stalled, and the state is appIDLE all the same: descriptors and state then disagree. */
  #detach(): ControlAnswer {
    if (this.#state !== DfuState.appIDLE) {
      this.#state = DfuState.appIDLE;
      return STALL;
    }
    this.#state = DfuState.appDETACH;
    if (this.#is25) this.#shows = 'dfu';
    else this.#detachLater();
    return ACK;
  }

  #detachLater(): void {
    this.#parts.later(DETACH_DELAY_MS, () => {
      if (this.#state !== DfuState.appDETACH) return;
      this.#state = DfuState.dfuIDLE;
      this.#shows = 'dfu';
      this.#parts.changed();
      this.#parts.reenumerate();
    });
  }

  #rebootLater(): void {
    this.#parts.later(REBOOT_DELAY_MS, () => this.#parts.reboot());
  }

  #download(data: Uint8Array): ControlAnswer {
    const first = this.#state === DfuState.dfuIDLE;
    if (!first && this.#state !== DfuState['dfuDNLOAD-IDLE']) {
      this.#resetCounters();
      this.#enter(DfuState.dfuERROR, DfuStatus.errUNKNOWN);
      return STALL;
    }
    if (first) this.#resetCounters();
    // Acknowledged, and found out by GETSTATUS.
    if (first && this.#slot === 0) return this.#enter(DfuState.dfuERROR, DfuStatus.errWRITE);
    this.#parts.takeWorkMs();
    const done = writeBlock(this.#parts, data, first, this.#status);
    if (done.endsDownload) this.#resetCounters();
    const { outcome } = done;
    const workMs = this.#parts.takeWorkMs();
    // 2.5 announces the end of the download before the worker has marked the image.
    const announcesEnd = this.#is25 && !first && data.length === 0;
    this.#state = announcesEnd ? DfuState['dfuMANIFEST-SYNC'] : DfuState.dfuDNBUSY;
    this.#work = { ...outcome, endsMs: this.#parts.clock.monotonicMs() + workMs };
    this.#settle();
    if (data.length === 0) this.#parts.changed();
    return ACK;
  }

  #upload(setup: ControlSetup): ControlAnswer {
    if (!this.#parts.options.upload) {
      this.#enter(DfuState.dfuERROR, DfuStatus.errSTALLEDPKT);
      return STALL;
    }
    if (this.#leavesApplication()) return STALL;
    const first = this.#state === DfuState.dfuIDLE;
    if (first) this.#resetCounters();
    if (!first && this.#state !== DfuState['dfuUPLOAD-IDLE']) {
      this.#resetCounters();
      this.#enter(DfuState.dfuERROR, DfuStatus.errUNKNOWN);
      return STALL;
    }
    if (setup.lenBytes === 0 || this.#block !== setup.value) {
      this.#enter(DfuState.dfuERROR, DfuStatus.errUNKNOWN);
      // 2.5 forgets to say that it failed: whatever lies in the request buffer goes out.
      return this.#is25 ? answerData(this.#requestBuffer, setup.lenBytes) : STALL;
    }
    return this.#sendBlock(setup);
  }

  /** A block at the slot's end that is shorter than asked for is not sent: the upload ends with an empty one. */
  #sendBlock(setup: ControlSetup): ControlAnswer {
    const { slotBytes, options } = this.#parts;
    const lenBytes = Math.min(slotBytes - this.#sentBytes, setup.lenBytes, options.transferBytes);
    const bytes = this.#parts.readSlot(this.#slot, this.#sentBytes, lenBytes);
    this.#sentBytes += lenBytes;
    this.#block = (this.#block + 1) & 0xffff;
    const complete = this.#sentBytes === slotBytes && lenBytes < setup.lenBytes;
    this.#state = complete ? DfuState.dfuIDLE : DfuState['dfuUPLOAD-IDLE'];
    return answerData(complete ? new Uint8Array(0) : bytes, setup.lenBytes);
  }

  #resetCounters(): void {
    this.#sentBytes = 0;
    this.#block = 0;
    this.#parts.stream.begin();
  }

  #settle(): void {
    const work = this.#work;
    if (work !== undefined && this.#parts.clock.monotonicMs() >= work.endsMs) this.#finish(work);
  }

  /** The worker sets the state to what came out, whatever the host has done meanwhile. */
  #finish(work: WorkOutcome): void {
    this.#work = undefined;
    this.#state = work.state;
    this.#status = work.status;
  }

  #enter(state: DfuState, status: DfuStatus): ControlAnswer {
    this.#state = state;
    this.#status = status;
    return ACK;
  }
}
