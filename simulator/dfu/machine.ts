import { DfuAttribute, DfuRequest, DfuState, DfuStatus, type DfuStateName } from '../../core/device/dfu/constants.ts';
import type { SimulatorClock } from '../clock.ts';
import { answerData, STALL, type ControlAnswer, type ControlSetup } from '../control.ts';
import type { UnitOptions } from '../unit-options.ts';
import type { DfuMedium } from './medium.ts';
import { DfuStanding } from './standing.ts';

/** What of the machine outlives the host program. */
export interface DfuSnapshot {
  readonly state: DfuState;
  readonly status: DfuStatus;
  readonly alternate: number;
  readonly doneBytes: number;
  readonly nextBlock: number;
}

export interface DfuMachineParts {
  readonly options: UnitOptions;
  readonly media: readonly DfuMedium[];
  readonly clock: SimulatorClock;
  /** Flash time used since the last call, in milliseconds. */
  readonly takeWorkMs: () => number;
}

/**
 * The device side of DFU mode: USB DFU 1.1 §6 and Appendix A.2.3 to A.2.11. A request that its state does not know is stalled
 * and leads to dfuERROR with errSTALLEDPKT. Two readings of our own: GETSTATUS before the poll time has passed repeats the busy state
 * instead of failing, and dfuMANIFEST-WAIT-RESET is left by a reset only.
 */
export class DfuMachine {
  readonly #parts: DfuMachineParts;
  readonly #at = new DfuStanding();
  #alternate = 0;
  #doneBytes = 0;
  #nextBlock = 0;
  #busyUntilMs = 0;
  /** Result of the block that GETSTATUS has not reported yet. */
  #blockStatus: DfuStatus = DfuStatus.OK;
  #manifested = false;

  constructor(parts: DfuMachineParts) {
    this.#parts = parts;
  }

  get state(): DfuState {
    return this.#at.state;
  }

  get alternate(): number {
    return this.#alternate;
  }

  /** SET_INTERFACE: another alternate setting ends whatever was going on. Returns false where there is none of that number. */
  selectAlternate(alternate: number): boolean {
    if (this.#parts.media[alternate] === undefined) return false;
    this.#alternate = alternate;
    this.#enterIdle();
    return true;
  }

  snapshot(): DfuSnapshot {
    return {
      state: this.#at.state,
      status: this.#at.status,
      alternate: this.#alternate,
      doneBytes: this.#doneBytes,
      nextBlock: this.#nextBlock,
    };
  }

  restore(snapshot: DfuSnapshot): void {
    this.#at.state = snapshot.state;
    this.#at.status = snapshot.status;
    this.#alternate = snapshot.alternate;
    this.#doneBytes = snapshot.doneBytes;
    this.#nextBlock = snapshot.nextBlock;
  }

  handle(setup: ControlSetup, data: Uint8Array): ControlAnswer {
    this.#settle();
    if (this.#at.state === DfuState['dfuMANIFEST-WAIT-RESET']) return this.#handleWaitReset(setup);
    if (setup.direction !== directionOf(setup.request)) return this.#at.refuse();
    switch (setup.request) {
      case DfuRequest.GETSTATUS:
        return this.#getStatus(setup);
      case DfuRequest.GETSTATE:
        return this.#isBusy() ? this.#at.refuse() : this.#at.answerState(setup);
      case DfuRequest.DNLOAD:
        return this.#download(setup, data);
      case DfuRequest.UPLOAD:
        return this.#upload(setup);
      case DfuRequest.CLRSTATUS:
        return this.#at.state === DfuState.dfuERROR ? this.#enterIdle() : this.#at.refuse();
      case DfuRequest.ABORT:
        return this.#abort();
      default:
        return this.#at.refuse();
    }
  }

  #handleWaitReset(setup: ControlSetup): ControlAnswer {
    if (setup.request === DfuRequest.GETSTATUS) return this.#at.report(setup, 0);
    if (setup.request === DfuRequest.GETSTATE) return this.#at.answerState(setup);
    return STALL;
  }

  /** A.2.3, A.2.6: blocks of data, then one of no length. */
  #download(setup: ControlSetup, data: Uint8Array): ControlAnswer {
    const first = this.#at.state === DfuState.dfuIDLE;
    if (!first && this.#at.state !== DfuState['dfuDNLOAD-IDLE']) return this.#at.refuse();
    if (!this.#can(DfuAttribute.canDownload)) return this.#at.refuse();
    if (data.length === 0) return first ? this.#at.refuse() : this.#at.enter(DfuState['dfuMANIFEST-SYNC']);
    if (data.length > this.#parts.options.transferBytes) return this.#at.refuse();
    if (first) this.#startTransfer(setup.value);
    // Work of other requests since the last block is over by now.
    this.#parts.takeWorkMs();
    this.#blockStatus = this.#isBlockExpected(setup.value) ? this.#writeBlock(data, first) : DfuStatus.errUNKNOWN;
    this.#nextBlock = (setup.value + 1) & 0xffff;
    this.#busyUntilMs = this.#now() + this.#busyMs('dfuDNBUSY');
    return this.#at.enter(DfuState['dfuDNLOAD-SYNC']);
  }

  #writeBlock(data: Uint8Array, first: boolean): DfuStatus {
    const medium = this.#medium();
    const begun = first ? medium.begin() : DfuStatus.OK;
    if (begun !== DfuStatus.OK) return begun;
    const status = medium.write(this.#doneBytes, data);
    this.#doneBytes += data.length;
    return status;
  }

  /** A.2.3, A.2.10: a frame shorter than asked for ends the upload. A host that asks for more than wTransferSize gets just that much. */
  #upload(setup: ControlSetup): ControlAnswer {
    const first = this.#at.state === DfuState.dfuIDLE;
    if (!first && this.#at.state !== DfuState['dfuUPLOAD-IDLE']) return this.#at.refuse();
    if (!this.#can(DfuAttribute.canUpload)) return this.#at.refuse();
    if (first) this.#startTransfer(setup.value);
    if (!this.#isBlockExpected(setup.value)) return this.#at.refuse();
    const askedBytes = Math.min(setup.lenBytes, this.#parts.options.transferBytes);
    const bytes = this.#medium().read(this.#doneBytes, askedBytes);
    this.#doneBytes += bytes.length;
    this.#nextBlock = (setup.value + 1) & 0xffff;
    this.#at.enter(bytes.length < setup.lenBytes ? DfuState.dfuIDLE : DfuState['dfuUPLOAD-IDLE']);
    return answerData(bytes, setup.lenBytes);
  }

  /** §6.1.2; A.2.4 and A.2.7: the request that lets the machine go on. */
  #getStatus(setup: ControlSetup): ControlAnswer {
    if (this.#at.state === DfuState['dfuDNLOAD-SYNC']) {
      if (this.#blockStatus !== DfuStatus.OK) this.#at.fail(this.#blockStatus);
      else this.#at.enter(this.#remainingMs() > 0 ? DfuState.dfuDNBUSY : DfuState['dfuDNLOAD-IDLE']);
    } else if (this.#at.state === DfuState['dfuMANIFEST-SYNC']) {
      this.#manifest();
    }
    return this.#at.report(setup, this.#isBusy() ? this.#remainingMs() : this.#pollMs(this.#at.state));
  }

  #manifest(): void {
    if (this.#manifested) {
      this.#enterIdle();
      return;
    }
    const status = this.#medium().finish(this.#doneBytes);
    if (status !== DfuStatus.OK) {
      this.#at.fail(status);
      return;
    }
    this.#manifested = true;
    this.#busyUntilMs = this.#now() + this.#busyMs('dfuMANIFEST');
    this.#at.enter(DfuState.dfuMANIFEST);
  }

  #abort(): ControlAnswer {
    const isIdle = this.#at.isIn(DfuState.dfuIDLE, DfuState['dfuDNLOAD-IDLE'], DfuState['dfuUPLOAD-IDLE']);
    return isIdle ? this.#enterIdle() : this.#at.refuse();
  }

  /** A.2.5, A.2.8: the poll time has passed. */
  #settle(): void {
    if (this.#remainingMs() > 0) return;
    if (this.#at.state === DfuState.dfuDNBUSY) this.#at.enter(DfuState['dfuDNLOAD-SYNC']);
    if (this.#at.state !== DfuState.dfuMANIFEST) return;
    const tolerant = this.#can(DfuAttribute.manifestationTolerant);
    this.#at.enter(tolerant ? DfuState['dfuMANIFEST-SYNC'] : DfuState['dfuMANIFEST-WAIT-RESET']);
  }

  #startTransfer(block: number): void {
    this.#doneBytes = 0;
    this.#nextBlock = block;
    this.#manifested = false;
  }

  #isBlockExpected(block: number): boolean {
    return this.#parts.options.blockNumbers === 'ignored' || block === this.#nextBlock;
  }

  #enterIdle(): ControlAnswer {
    this.#blockStatus = DfuStatus.OK;
    return this.#at.enterIdle();
  }

  #isBusy(): boolean {
    return this.#at.isIn(DfuState.dfuDNBUSY, DfuState.dfuMANIFEST);
  }

  #busyMs(state: DfuStateName): number {
    return Math.max(this.#parts.options.pollTimeoutMs[state] ?? 0, this.#parts.takeWorkMs());
  }

  #pollMs(state: DfuState): number {
    const found = Object.entries(DfuState).find(([, number]) => number === state);
    const timeouts: Readonly<Record<string, number | undefined>> = this.#parts.options.pollTimeoutMs;
    return found === undefined ? 0 : (timeouts[found[0]] ?? 0);
  }

  #remainingMs(): number {
    return Math.max(0, this.#busyUntilMs - this.#now());
  }

  #now(): number {
    return this.#parts.clock.monotonicMs();
  }

  #can(attribute: number): boolean {
    return (this.#parts.options.attributes & attribute) !== 0;
  }

  #medium(): DfuMedium {
    const medium = this.#parts.media[this.#alternate];
    if (medium === undefined) throw new Error(`no alternate setting ${this.#alternate}`);
    return medium;
  }
}

function directionOf(request: number): 'in' | 'out' {
  const reads: readonly number[] = [DfuRequest.UPLOAD, DfuRequest.GETSTATUS, DfuRequest.GETSTATE];
  return reads.includes(request) ? 'in' : 'out';
}
