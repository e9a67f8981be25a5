import { encode } from 'cborg';
import { checkSlot, type BootLoader } from './boot-loader/boot.ts';
import { formatVersion, parseImage, readSecurityCounter } from './boot-loader/image.ts';
import { findHash } from './boot-loader/signing-scheme.ts';
import type { Slot } from './boot-loader/slot.ts';
import { nextSwapType } from './boot-loader/swap-type.ts';
import { readTrailer, type SwapType } from './boot-loader/trailer.ts';
import { ERASED } from './flash.ts';
import type { Lies } from './lies.ts';
import type { SelfTestReport } from './firmware.ts';
import type { UnitOptions } from './unit-options.ts';

export type SlotState = 'empty' | 'image' | 'pending' | 'testing' | 'confirmed' | 'invalid';

/** What the unit knows of itself at the moment of the request. */
export interface UnitCondition {
  readonly options: UnitOptions;
  readonly serial: string;
  readonly mode: 'application' | 'dfu' | 'bootloader';
  readonly loader: BootLoader;
  /** What the boot loader did in the last boot. */
  readonly lastSwap: SwapType;
  readonly selfTest: SelfTestReport;
  readonly previousSelfTest: (SelfTestReport & { readonly counter: number }) | undefined;
  readonly lies: Lies;
}

/** The answer to INFO: the CBOR map that docs/device-information.md describes. */
export function encodeInformation(condition: UnitCondition): Uint8Array {
  const { options, loader, previousSelfTest } = condition;
  const primary = readTrailer(loader.primary);
  const running = describeSlot(loader.primary, 0, runningState(condition));
  const { version: lie, slots: slotLie } = condition.lies;
  const counterLie = lie?.counter === undefined ? {} : { counter: lie.counter };
  const sizeLie = slotLie?.sizeBytes === undefined ? {} : { size: slotLie.sizeBytes };
  const staging = describeSlot(loader.secondary, 1, stagingState(loader.secondary));
  const nameLie = (other: string): object => (slotLie?.exchanged === true ? { name: other } : {});
  return encode({
    v: 1,
    product: options.product,
    hardware: options.hardware,
    serial: condition.serial,
    mode: condition.mode,
    slots: [
      {
        ...running,
        ...(lie === undefined ? {} : { version: lie.version, ...counterLie }),
        ...sizeLie,
        ...nameLie('image-1'),
      },
      { ...staging, ...sizeLie, ...nameLie('image-0') },
    ],
    boot: {
      swap: nextSwapType(primary, readTrailer(loader.secondary)),
      lastSwap: condition.lastSwap,
      imageOk: primary.imageOk === 'set',
      copyDone: primary.copyDone === 'set',
    },
    selfTest: encodeReport(condition.selfTest),
    ...(previousSelfTest === undefined
      ? {}
      : { previousSelfTest: { ...encodeReport(previousSelfTest), counter: previousSelfTest.counter } }),
  });
}

function describeSlot(slot: Slot, alternate: 0 | 1, state: SlotState): Record<string, unknown> {
  const fixed = {
    alt: alternate,
    name: `image-${alternate}`,
    role: alternate === 0 ? 'running' : 'staging',
    size: slot.area.sizeBytes,
    state,
  };
  const parsed = parseImage(slot.area.view(0, slot.area.sizeBytes));
  if (!parsed.ok) return fixed;
  const counter = readSecurityCounter(parsed.image);
  const hash = findHash(parsed.image);
  return {
    ...fixed,
    version: formatVersion(parsed.image.header.version),
    ...(counter === undefined ? {} : { counter }),
    ...(hash === undefined ? {} : { hash }),
  };
}

function runningState(condition: UnitCondition): SlotState {
  const { primary } = condition.loader;
  if (isEmpty(primary)) return 'empty';
  if (condition.mode === 'bootloader' && !checkSlot(condition.loader, primary).ok) return 'invalid';
  const { magic, imageOk } = readTrailer(primary);
  return magic === 'good' && imageOk !== 'set' ? 'testing' : 'confirmed';
}

/** From the form alone: what the boot loader thinks of a staged image is only found out by booting. */
function stagingState(secondary: Slot): SlotState {
  if (isEmpty(secondary)) return 'empty';
  if (!parseImage(secondary.area.view(0, secondary.area.sizeBytes)).ok) return 'invalid';
  return readTrailer(secondary).magic === 'good' ? 'pending' : 'image';
}

function isEmpty(slot: Slot): boolean {
  return slot.area.view(0, slot.area.sectorBytes).every((byte) => byte === ERASED);
}

function encodeReport(report: SelfTestReport): Record<string, unknown> {
  return {
    state: report.state,
    results: report.results.map(({ name, passed, detail }) => ({ name, passed, detail })),
  };
}
