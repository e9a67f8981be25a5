import type { DfuState } from '../../core/device/dfu/constants.ts';
import { markPending } from '../boot-loader/mark.ts';
import type { SimulatorClock } from '../clock.ts';
import { STALL, type ControlOutcome, type ControlSetup } from '../control.ts';
import type { DescriptorSet } from '../descriptor-set.ts';
import { FlashFailureError } from '../flash.ts';
import { McubootUnit } from '../mcuboot-unit.ts';
import { answerStandard } from '../unit-requests.ts';
import type { LifeMemory } from '../unit-state.ts';
import { describeZephyr } from './describe.ts';
import type { ZephyrDfu, ZephyrDfuParts, ZephyrDfuSnapshot } from './dfu-function.ts';
import type { ZephyrGeneration } from './generation.ts';
import { ImageStream } from './image-stream.ts';
import { LegacyDfu } from './legacy-dfu.ts';
import { NextDfu } from './next-dfu.ts';
import type { ZephyrOptions } from './options.ts';
import { tellVersion } from './tell-version.ts';

export type ZephyrKind = `zephyr-${ZephyrGeneration}`;

export interface ZephyrMemory extends LifeMemory {
  readonly dfu: ZephyrDfuSnapshot;
}

/**
 * A product on Zephyr and MCUboot with Zephyr's USB DFU class in its application, and nothing beside it: no vendor request, no
 * reset by request. DFU mode is a state of the running application. Without an application nothing is on the bus.
 */
export class ZephyrUnit extends McubootUnit<ZephyrOptions> {
  readonly kind: ZephyrKind;
  protected readonly modeWithoutImage = 'silent';
  protected readonly powerCycleIsReset = true;
  #dfu: ZephyrDfu;
  /** What the host has read when the unit last came onto the bus. */
  #enumeratedAs: 'run-time' | 'dfu' = 'run-time';

  constructor(options: ZephyrOptions, clock: SimulatorClock) {
    super(options, clock);
    this.kind = `zephyr-${options.generation}`;
    this.#dfu = this.#makeDfu();
  }

  /** bState. */
  get dfuState(): DfuState {
    return this.#dfu.state;
  }

  saveMemory(): ZephyrMemory {
    return { ...this.saveLife(), dfu: this.#dfu.snapshot() };
  }

  /** Puts the unit back as `saveMemory` and a flash snapshot left it. The RAM disk of `next` is empty. */
  restoreMemory(memory: ZephyrMemory): void {
    this.restoreLife(memory);
    this.#dfu.restore(memory.dfu);
    this.#enumeratedAs = this.#dfu.shows;
  }

  protected get confirmsItself(): boolean {
    return this.options.confirms === 'after-self-test';
  }

  protected describe(): DescriptorSet {
    return describeZephyr(this.options, this.serial, this.#dfu.shows);
  }

  protected answer(setup: ControlSetup, data: Uint8Array): ControlOutcome {
    if (this.mode === 'off' || this.mode === 'silent') return { answer: STALL };
    if (setup.type === 'standard') {
      const { descriptors } = this;
      return { answer: descriptors === undefined ? STALL : answerStandard(setup, descriptors, this.#dfu) };
    }
    if (setup.type !== 'class' || setup.recipient !== 'interface' || setup.index !== 0) return { answer: STALL };
    return this.#dfu.handle(setup, data);
  }

  /** The host reads the descriptors again, and takes the unit for another one where they have changed. */
  protected busReset(): void {
    // The reset that ends a DETACH leads into DFU mode; a host sees the unit there only after it.
    if (this.options.busReset === 'boots' && this.#enumeratedAs === 'dfu') {
      this.reset();
      return;
    }
    this.#dfu.busReset();
    if (this.#dfu.shows === this.#enumeratedAs) return;
    this.onChange?.();
    this.#reenumerate();
  }

  protected startUsb(): void {
    this.#dfu = this.#makeDfu();
    this.#enumeratedAs = 'run-time';
  }

  protected forget(): void {
    this.startUsb();
  }

  protected resume(): void {
    this.#dfu.resume();
  }

  protected beforeReset(): void {
    // It keeps no record of anything.
  }

  #reenumerate(): void {
    this.#enumeratedAs = this.#dfu.shows;
    this.link?.reenumerate(0);
  }

  #makeDfu(): ZephyrDfu {
    const { options } = this;
    const { primary, secondary } = this.board.loader;
    const trailer = options.erase === 'whole-slot' ? 'never' : options.generation === 'next' ? 'at-start' : 'at-end';
    const { lies } = this.faults;
    const parts: ZephyrDfuParts = {
      options,
      clock: this.clock,
      stream: new ImageStream(secondary.area, { pages: options.erase === 'progressive', trailer }),
      get slotBytes() {
        return Math.min(lies.slots?.sizeBytes ?? options.slotBytes, options.slotBytes);
      },
      readSlot: (slot, offset, lenBytes) => {
        const bytes = (slot === 0 ? primary : secondary).area.read(offset, lenBytes);
        return slot === 0 && lies.version !== undefined ? tellVersion(bytes, offset, lies.version.version) : bytes;
      },
      eraseSlot1: () => succeeds(() => secondary.area.eraseAll()),
      requestUpgrade: () => {
        let marked = false;
        const done = succeeds(() => {
          marked = markPending(secondary, options.marks === 'perm' ? 'perm' : 'test');
        });
        return done && marked;
      },
      takeWorkMs: () => this.board.takeWorkMs(),
      later: (durationMs, work) => this.laterInThisBoot(durationMs, work),
      reenumerate: () => this.#reenumerate(),
      reboot: () => this.reset(),
      changed: () => this.onChange?.(),
    };
    return options.generation === 'next' ? new NextDfu(parts) : new LegacyDfu(parts);
  }
}

function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof FlashFailureError) return false;
    throw error;
  }
}
