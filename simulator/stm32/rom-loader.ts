import { DfuRequest, DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import type { SimulatorClock } from '../clock.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlOutcome, type ControlSetup } from '../control.ts';
import { DfuStanding } from '../dfu/standing.ts';
import type { RomMemory } from './rom-memory.ts';
import { FLASH_ADDRESS, type Stm32Options } from './stm32-options.ts';

/** First byte of a download with block number 0 (AN3156 §4). */
export const RomCommand = { get: 0x00, setAddress: 0x21, erase: 0x41, readUnprotect: 0x92 } as const;

const FIRST_MEMORY_BLOCK = 2;

export interface RomLoaderParts {
  readonly options: Stm32Options;
  readonly memories: readonly RomMemory[];
  readonly clock: SimulatorClock;
  readonly takeWorkMs: () => number;
  /** Lifts the read protection: everything is erased. */
  readonly unprotect: () => void;
  /** Starts what is at an address. */
  readonly leave: (address: number) => void;
}

/**
 * The device side of ST's DfuSe as AN3156 describes it: a download is only kept until GETSTATUS asks for it to be done, and
 * memory is addressed by pointer and block number.
 */
export class RomLoader {
  /** Commands that a host has sent, by their first byte; for tests. */
  readonly commands: number[] = [];
  readonly #parts: RomLoaderParts;
  readonly #at = new DfuStanding();
  #alternate = 0;
  #pointer = FLASH_ADDRESS;
  #pending: (() => DfuStatus) | undefined;
  #result: DfuStatus = DfuStatus.OK;
  #busyUntilMs = 0;
  #statedMs: number | undefined;

  constructor(parts: RomLoaderParts) {
    this.#parts = parts;
    if (parts.options.startsInError) this.#at.fail(DfuStatus.errFIRMWARE);
  }

  get alternate(): number {
    return this.#alternate;
  }

  selectAlternate(alternate: number): boolean {
    if (this.#parts.memories[alternate] === undefined) return false;
    this.#alternate = alternate;
    return true;
  }

  handle(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    if (setup.request === DfuRequest.DNLOAD && setup.direction === 'out') return this.#download(setup, data);
    if (setup.request === DfuRequest.GETSTATUS && setup.direction === 'in') return this.#getStatus(setup);
    return { answer: this.#answer(setup) };
  }

  #answer(setup: ControlSetup): ControlAnswer {
    const isIn = setup.direction === 'in';
    if (setup.request === DfuRequest.UPLOAD && isIn) return this.#upload(setup);
    if (setup.request === DfuRequest.GETSTATE && isIn) {
      return this.#at.answerState(setup);
    }
    if (setup.request === DfuRequest.CLRSTATUS && !isIn) {
      return this.#at.state === DfuState.dfuERROR ? this.#at.enterIdle() : this.#at.refuse();
    }
    const isIdle = this.#at.isIn(
      DfuState.dfuIDLE,
      DfuState['dfuDNLOAD-SYNC'],
      DfuState['dfuDNLOAD-IDLE'],
      DfuState['dfuMANIFEST-SYNC'],
      DfuState['dfuUPLOAD-IDLE'],
    );
    return setup.request === DfuRequest.ABORT && !isIn && isIdle ? this.#at.enterIdle() : this.#at.refuse();
  }

  #download(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    if (!this.#at.isIn(DfuState.dfuIDLE, DfuState['dfuDNLOAD-IDLE'])) {
      return { answer: this.#at.refuse() };
    }
    if (data.length > this.#parts.options.transferBytes) return { answer: this.#at.refuse() };
    if (data.length === 0) return this.#endDownload();
    if (setup.value === 0) this.#pending = this.#readCommand(data);
    else if (setup.value >= FIRST_MEMORY_BLOCK) {
      const address = this.#addressOf(setup.value, data.length);
      this.#pending = () => this.#memory().write(address, data);
    } else return { answer: this.#at.refuse() };
    this.#statedMs = undefined;
    this.#at.state = DfuState['dfuDNLOAD-SYNC'];
    return { answer: ACK };
  }

  #endDownload(): ControlOutcome {
    this.#at.state = DfuState['dfuMANIFEST-SYNC'];
    if (!this.#parts.options.leavesAtOnce) return { answer: ACK };
    return { answer: STALL, then: () => this.#parts.leave(this.#pointer) };
  }

  #readCommand(data: Uint8Array): () => DfuStatus {
    const [command = 0] = data;
    this.commands.push(command);
    const address = data.length === 5 ? new DataView(data.buffer, data.byteOffset).getUint32(1, true) : undefined;
    if (command === RomCommand.setAddress && address !== undefined) return () => this.#setPointer(address);
    if (command === RomCommand.erase && address !== undefined) return () => this.#erasePage(address);
    if (command === RomCommand.erase && data.length === 1) return () => this.#eraseAll();
    if (command === RomCommand.readUnprotect && data.length === 1) {
      return () => {
        this.#parts.unprotect();
        return DfuStatus.OK;
      };
    }
    return () => DfuStatus.errSTALLEDPKT;
  }

  #erasePage(address: number): DfuStatus {
    if (this.#parts.options.eraseMovesPointer) this.#pointer = address;
    return this.#memory().erasePage(address);
  }

  #eraseAll(): DfuStatus {
    this.#statedMs = this.#parts.options.massErasePollMs;
    return this.#memory().eraseAll();
  }

  /** An address outside of every memory is refused, also of one that this alternate does not show. */
  #setPointer(address: number): DfuStatus {
    const isKnown = this.#parts.memories.some((memory) => {
      const found = memory.read(address, 1);
      return found instanceof Uint8Array || found === DfuStatus.errVENDOR;
    });
    if (!isKnown) return DfuStatus.errTARGET;
    this.#pointer = address;
    return DfuStatus.OK;
  }

  #upload(setup: ControlSetup): ControlAnswer {
    if (!this.#at.isIn(DfuState.dfuIDLE, DfuState['dfuUPLOAD-IDLE'])) return this.#at.refuse();
    const { get, setAddress, erase, readUnprotect } = RomCommand;
    if (setup.value === 0) {
      this.#at.state = DfuState.dfuIDLE;
      return answerData(Uint8Array.of(get, setAddress, erase, readUnprotect), setup.lenBytes);
    }
    if (setup.value < FIRST_MEMORY_BLOCK || setup.lenBytes > this.#parts.options.transferBytes)
      return this.#at.refuse();
    const bytes = this.#memory().read(this.#addressOf(setup.value, setup.lenBytes), setup.lenBytes);
    if (!(bytes instanceof Uint8Array)) {
      this.#at.fail(bytes);
      return STALL;
    }
    this.#at.state = DfuState['dfuUPLOAD-IDLE'];
    return answerData(bytes, setup.lenBytes);
  }

  /** The request that makes the part work, and asks how far it is. */
  #getStatus(setup: ControlSetup): ControlOutcome {
    if (this.#at.state === DfuState['dfuMANIFEST-SYNC']) {
      this.#at.state = DfuState.dfuMANIFEST;
      return { answer: this.#at.report(setup, 0), then: () => this.#parts.leave(this.#pointer) };
    }
    if (this.#at.state === DfuState['dfuDNLOAD-SYNC']) {
      this.#parts.takeWorkMs();
      this.#result = this.#pending?.() ?? DfuStatus.errUNKNOWN;
      const workMs = this.#parts.takeWorkMs();
      this.#busyUntilMs = this.#now() + workMs;
      this.#at.state = DfuState.dfuDNBUSY;
      return { answer: this.#at.report(setup, this.#statedMs ?? workMs) };
    }
    if (this.#at.state === DfuState.dfuDNBUSY) {
      const leftMs = this.#busyUntilMs - this.#now();
      if (leftMs > 0 && this.#parts.options.whileBusy === 'stall') return { answer: STALL };
      if (leftMs > 0) return { answer: this.#at.report(setup, this.#statedMs ?? leftMs) };
      if (this.#result === DfuStatus.OK) this.#at.state = DfuState['dfuDNLOAD-IDLE'];
      else this.#at.fail(this.#result);
    }
    return { answer: this.#at.report(setup, 0) };
  }

  #addressOf(block: number, lenBytes: number): number {
    const { addressedBy, transferBytes } = this.#parts.options;
    return this.#pointer + (block - FIRST_MEMORY_BLOCK) * (addressedBy === 'descriptor' ? transferBytes : lenBytes);
  }

  #memory(): RomMemory {
    const memory = this.#parts.memories[this.#alternate];
    if (memory === undefined) throw new Error(`no alternate setting ${this.#alternate}`);
    return memory;
  }

  #now(): number {
    return this.#parts.clock.monotonicMs();
  }
}
