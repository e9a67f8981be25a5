import type { BusDevice, BusLink } from '../bus-device.ts';
import { parseImage } from '../boot-loader/image.ts';
import { isWhole } from '../boot-loader/signing-scheme.ts';
import type { SimulatorClock } from '../clock.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlSetup } from '../control.ts';
import { CONFIGURATION_VALUE, findDescriptor, type DescriptorSet } from '../descriptor-set.ts';
import { DfuRunTime } from '../dfu/run-time.ts';
import { FaultPlan } from '../faults.ts';
import { decodeDescription } from '../firmware-description.ts';
import { DfuState } from '../../core/device/dfu/constants.ts';
import type { Stm32Chip } from './chip.ts';
import { describeApplication } from './rom-descriptors.ts';
import { makeVectors } from './stm32-image.ts';

/** Standard requests (USB 2.0 §9.4). */
const StandardRequest = { GET_DESCRIPTOR: 6, SET_CONFIGURATION: 9, SET_INTERFACE: 11 } as const;
/** Hardware name of a virtual STM32, which its firmware must be made for. */
export const STM32_HARDWARE = 'vs-a';

export interface ApplicationParts {
  readonly chip: Stm32Chip;
  readonly clock: SimulatorClock;
  /** Bank that was started. */
  readonly bank: () => 1 | 2;
  /** Jumps to the ROM. */
  readonly enterRom: () => void;
}

/**
 * The firmware in the bank that was started: a run-time DFU interface that leads to the ROM, and nothing else on the bus. It does
 * what the description in its MCUboot image says; without one, or on foreign hardware, it hangs.
 */
export class Stm32Application implements BusDevice {
  readonly faults = new FaultPlan(1);
  link: BusLink | undefined;
  readonly #parts: ApplicationParts;
  #runTime: DfuRunTime;
  #isRunning = false;

  constructor(parts: ApplicationParts) {
    this.#parts = parts;
    this.#runTime = this.#makeRunTime();
  }

  get descriptors(): DescriptorSet | undefined {
    return this.#isRunning ? describeApplication(this.#parts.chip.options) : undefined;
  }

  powerOn(): void {
    this.#runTime = this.#makeRunTime();
    this.#isRunning = this.#startsUp();
  }

  powerOff(): void {
    this.#isRunning = false;
  }

  usbReset(): void {
    const isDetaching = this.#runTime.state === DfuState.appDETACH;
    this.#runTime = this.#makeRunTime();
    if (isDetaching) this.#parts.enterRom();
  }

  takeWorkMs(): number {
    return 0;
  }

  control(setup: ControlSetup): ControlAnswer {
    const { descriptors } = this;
    if (descriptors === undefined) return STALL;
    if (setup.type === 'standard') return answerStandard(setup, descriptors);
    if (setup.type !== 'class' || setup.recipient !== 'interface' || setup.index !== 0) return STALL;
    const outcome = this.#runTime.handle(setup, () => this.#parts.enterRom());
    outcome.then?.();
    return outcome.answer;
  }

  /** A bank that is damaged anywhere, if only in an interrupt's vector, is taken for one that hangs. */
  #startsUp(): boolean {
    const { chip, bank } = this.#parts;
    const bytes = chip.readBank(bank());
    const image = bytes.subarray(chip.options.imageOffset);
    const parsed = parseImage(image);
    if (!parsed.ok || !isWhole(image, parsed.image)) return false;
    if (!isSound(bytes.subarray(0, chip.options.imageOffset))) return false;
    const { headerBytes, bodyBytes } = parsed.image.header;
    const start = chip.options.imageOffset + headerBytes;
    const description = decodeDescription(chip.readBank(bank()).subarray(start, start + bodyBytes));
    return description?.start === 'normal' && description.hardware.includes(STM32_HARDWARE);
  }

  #makeRunTime(): DfuRunTime {
    const { chip, clock } = this.#parts;
    return new DfuRunTime({ attributes: chip.options.applicationAttributes, detachTimeoutMs: 1000 }, clock);
  }
}

/** What `makeVectors` puts in front of an image, with any stack pointer. */
function isSound(vectors: Uint8Array): boolean {
  const made = makeVectors({ imageOffset: vectors.length });
  return vectors.length === 0 || made.subarray(4).equals(vectors.subarray(4));
}

function answerStandard(setup: ControlSetup, descriptors: DescriptorSet): ControlAnswer {
  const { direction, request, value, lenBytes } = setup;
  if (direction === 'in') {
    const found = request === StandardRequest.GET_DESCRIPTOR ? findDescriptor(descriptors, value) : undefined;
    return found === undefined ? STALL : answerData(found, lenBytes);
  }
  if (request === StandardRequest.SET_CONFIGURATION) return value === CONFIGURATION_VALUE ? ACK : STALL;
  return request === StandardRequest.SET_INTERFACE && value === 0 ? ACK : STALL;
}
