import { confirmRunning, markPending } from './boot-loader/mark.ts';
import type { BootLoader } from './boot-loader/boot.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlOutcome, type ControlSetup } from './control.ts';
import { CONFIGURATION_VALUE, findDescriptor, type DescriptorSet } from './descriptor-set.ts';
import { holdsHeader } from './dfu/slot-medium.ts';
import { VendorRequest } from './vendor-request-number.ts';

/** Standard requests (USB 2.0 §9.4) that a host sends by itself or through an open device. */
const StandardRequest = {
  GET_STATUS: 0,
  GET_DESCRIPTOR: 6,
  GET_CONFIGURATION: 8,
  SET_CONFIGURATION: 9,
  GET_INTERFACE: 10,
  SET_INTERFACE: 11,
} as const;

/** The alternate setting of a unit's one interface. */
export interface AlternateSetting {
  readonly alternate: number;
  /** SET_INTERFACE; returns false where there is none of that number. */
  selectAlternate(alternate: number): boolean;
}

export function answerStandard(
  setup: ControlSetup,
  descriptors: DescriptorSet,
  setting: AlternateSetting | undefined,
): ControlAnswer {
  const { request, value, index, lenBytes } = setup;
  if (setup.direction === 'in') {
    if (request === StandardRequest.GET_STATUS) return answerData(Uint8Array.of(0, 0), lenBytes);
    if (request === StandardRequest.GET_CONFIGURATION) return answerData(Uint8Array.of(CONFIGURATION_VALUE), lenBytes);
    if (request === StandardRequest.GET_INTERFACE) return answerData(Uint8Array.of(setting?.alternate ?? 0), lenBytes);
    const found = request === StandardRequest.GET_DESCRIPTOR ? findDescriptor(descriptors, value) : undefined;
    return found === undefined ? STALL : answerData(found, lenBytes);
  }
  if (request === StandardRequest.SET_CONFIGURATION) return value === CONFIGURATION_VALUE ? ACK : STALL;
  if (request !== StandardRequest.SET_INTERFACE || index !== 0) return STALL;
  return (setting?.selectAlternate(value) ?? value === 0) ? ACK : STALL;
}

/** What the vendor requests reach of a unit. */
export interface VendorRequestTarget {
  readonly mode: 'application' | 'dfu' | 'bootloader';
  readonly loader: BootLoader;
  encodeInformation(): Uint8Array;
  /** Something durable has changed. */
  changed(): void;
  reset(): void;
}

const STAGING_ALTERNATE = 1;

/** The vendor requests of docs/device-information.md. */
export function answerVendor(setup: ControlSetup, data: Uint8Array, target: VendorRequestTarget): ControlOutcome {
  if (setup.recipient !== 'device' || setup.index !== 0) return { answer: STALL };
  if (setup.request === VendorRequest.INFO) return { answer: readInformation(setup, target) };
  if (setup.direction !== 'out' || data.length !== 0) return { answer: STALL };
  switch (setup.request) {
    case VendorRequest.ACTIVATE:
      return { answer: activate(setup.value, target) };
    case VendorRequest.CONFIRM:
      return { answer: confirm(setup.value, target) };
    case VendorRequest.RESET:
      return setup.value === 0 ? { answer: ACK, then: () => target.reset() } : { answer: STALL };
    default:
      return { answer: STALL };
  }
}

function readInformation(setup: ControlSetup, target: VendorRequestTarget): ControlAnswer {
  if (setup.direction !== 'in' || setup.value !== 0) return STALL;
  return answerData(target.encodeInformation(), setup.lenBytes);
}

function activate(alternate: number, target: VendorRequestTarget): ControlAnswer {
  if (alternate !== STAGING_ALTERNATE || !holdsHeader(target.loader.secondary)) return STALL;
  const marked = markPending(target.loader.secondary);
  target.changed();
  return marked ? ACK : STALL;
}

function confirm(value: number, target: VendorRequestTarget): ControlAnswer {
  if (value !== 0 || target.mode !== 'application' || !confirmRunning(target.loader.primary)) return STALL;
  target.changed();
  return ACK;
}
