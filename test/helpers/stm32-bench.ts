import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import type { QuirkName } from '../../core/device/dfu/quirk.ts';
import { openDfuInterface } from '../../core/device/dfu/open-interface.ts';
import { DfuseSession } from '../../core/device/dfuse/dfuse-session.ts';
import type { UnitMemory } from '../../core/device/dfuse/unit-memory.ts';
import { UsbLink } from '../../core/device/usb-link.ts';
import { buildImage, type ImageRecipe } from '../../simulator/image-builder.ts';
import { STM32_HARDWARE } from '../../simulator/stm32/application.ts';
import { makeBankImage } from '../../simulator/stm32/stm32-image.ts';
import { completeStm32Options, type Stm32Options } from '../../simulator/stm32/stm32-options.ts';
import { VirtualStm32 } from '../../simulator/stm32/virtual-stm32.ts';
import type { VirtualUsbDevice } from '../../simulator/usb-device.ts';
import { VirtualUsbBus } from '../../simulator/usb-bus.ts';
import { TestClock } from './test-clock.ts';
import { noAlarm } from './alarms.ts';

const POSITION = '1-4';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** An MCUboot image that runs on a virtual STM32. */
export function stm32Image(securityCounter: number, recipe: Partial<ImageRecipe> = {}): Buffer {
  return buildImage({
    version: `${securityCounter}.0.0+0`,
    bodyBytes: 9000,
    signingKey: privateKey,
    ...recipe,
    securityCounter,
    description: { hardware: [STM32_HARDWARE], ...recipe.description },
  });
}

export interface Stm32Bench {
  readonly clock: TestClock;
  readonly bus: VirtualUsbBus;
  readonly part: VirtualStm32;
  readonly position: string;
}

/** A part whose banks are filled as given, plugged in at position 1-4. */
export function openStm32Bench(
  options: Partial<Stm32Options> = {},
  setUp: { readonly banks?: readonly Buffer[]; readonly boot0?: boolean; readonly bankBit?: boolean } = {},
): Stm32Bench {
  const clock = new TestClock();
  const bus = new VirtualUsbBus({ clock });
  const complete = completeStm32Options({ serial: 'VS-0001', ...options });
  const part = new VirtualStm32(complete, clock);
  const { flash, optionBytes } = part.chip;
  for (const [index, image] of (setUp.banks ?? []).entries()) {
    const bank = makeBankImage(complete, image);
    const padded = Buffer.concat([bank, Buffer.alloc((8 - (bank.length % 8)) % 8, 0xff)]);
    flash.program(index * complete.bankBytes, padded);
  }
  optionBytes.bankBit = setUp.bankBit ?? false;
  part.boot0 = setUp.boot0 ?? false;
  bus.plug(POSITION, part);
  return { clock, bus, part, position: POSITION };
}

/** The device that is on the bus now. */
export async function findDevice({ bus }: Stm32Bench): Promise<VirtualUsbDevice> {
  await bus.settle();
  const [device] = await bus.getDevices();
  assert.ok(device, 'no device on the bus');
  return device;
}

export interface OpenedRom {
  readonly session: DfuseSession;
  readonly flash: UnitMemory;
  readonly link: UsbLink;
}

/** The ROM of the part, opened as the station does. */
export async function openRom(
  bench: Stm32Bench,
  settings: {
    readonly quirks?: readonly QuirkName[];
    readonly hostTransferBytes?: number;
    readonly limits?: object;
  } = {},
): Promise<OpenedRom> {
  const device = await findDevice(bench);
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  assert.ok((await link.open()).ok);
  const limits = { transferMs: 5000, blockMs: 10_000, manifestMs: 1000, maxPollTimeoutMs: 40_000, ...settings.limits };
  const opened = await openDfuInterface({
    link,
    clock: bench.clock,
    limits,
    quirks: new Set(settings.quirks),
    interfaceNumber: 0,
    hostTransferBytes: settings.hostTransferBytes ?? 4096,
  });
  assert.ok(opened.ok, opened.ok ? '' : opened.reason);
  const session = DfuseSession.over(opened.value, 60_000, device.serialNumber);
  assert.ok(session.ok, session.ok ? '' : session.reason);
  const flash = session.value.findMemory(0);
  assert.ok(flash.ok, flash.ok ? '' : flash.reason);
  return { session: session.value, flash: flash.value, link };
}
