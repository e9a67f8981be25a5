import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DfuRequest } from '../../core/device/dfu/constants.ts';
import { DfuPort } from '../../core/device/dfu/dfu-port.ts';
import { DfuSession } from '../../core/device/dfu/dfu-session.ts';
import type { DfuLimits } from '../../core/device/dfu/dfu-context.ts';
import { UsbLink } from '../../core/device/usb-link.ts';
import type { ControlSetup, UsbDeviceHandle } from '../../core/device/usb-backend.ts';
import type { UnitOptions } from '../../simulator/unit-options.ts';
import { factoryImage, publicKeyPem } from '../unit/simulator/bench.ts';
import { openVirtualBench } from '../../simulator/virtual-bench.ts';
import type { VirtualUsbDevice } from '../../simulator/usb-device.ts';
import type { VirtualBench } from '../../simulator/virtual-bench.ts';
import type { Clock } from '../../core/ports.ts';
import { TestClock } from './test-clock.ts';
import { noAlarm } from './alarms.ts';

const LIMITS: DfuLimits = { transferMs: 1000, blockMs: 30_000, manifestMs: 60_000, maxPollTimeoutMs: 10_000 };

export interface VirtualDfuSession {
  readonly bench: VirtualBench;
  readonly clock: Clock;
  readonly session: DfuSession;
  readonly port: DfuPort;
  readonly link: UsbLink;
  /** The DFU requests so far, each as `GETSTATUS`, or `GETSTATUS stalled`. */
  readonly log: string[];
}

const REQUEST_NAMES = new Map(Object.entries(DfuRequest).map(([name, number]) => [number as number, name]));

/** A session with a virtual unit in DFU mode, whose staging slot is alternate 1. */
export async function openVirtualSession(
  options: Partial<UnitOptions> = {},
  host: { readonly clock?: Clock; readonly limits?: DfuLimits; readonly left?: AbortSignal } = {},
): Promise<VirtualDfuSession> {
  const { clock = new TestClock(), limits = LIMITS, left } = host;
  const unit = { position: '1-4', serial: 'VU-0001', imagePublicKey: publicKeyPem, slotBytes: 64 * 1024, factoryImage };
  const bench = openVirtualBench({ clock, units: [{ ...unit, ...options }], leaveMs: 0, returnMs: 0 });
  const device = await enterDfuMode(bench);
  const log: string[] = [];
  const link = new UsbLink(record(device, log), 'linux', { alarm: noAlarm, left });
  await link.open();
  const session = await DfuSession.open({
    link,
    clock,
    limits,
    quirks: new Set(),
    interfaceNumber: 0,
    hostTransferBytes: 4096,
  });
  assert.ok(session.ok, 'the session opens');
  return { bench, clock, session: session.value, port: new DfuPort(link, 0, limits.transferMs), link, log };
}

/** DETACH, and the same unit in DFU mode; nothing of it is claimed. */
async function enterDfuMode({ bus }: VirtualBench): Promise<VirtualUsbDevice> {
  const device = await findDevice(bus);
  await device.open();
  await device.claimInterface(0);
  const detach = {
    requestType: 'class',
    recipient: 'interface',
    request: DfuRequest.DETACH,
    value: 1000,
    index: 0,
  } as const;
  await device.controlTransferOut(detach, new Uint8Array(0));
  await bus.settle();
  return await findDevice(bus);
}

async function findDevice(bus: VirtualBench['bus']): Promise<VirtualUsbDevice> {
  await bus.settle();
  const [device] = await bus.getDevices();
  if (device === undefined) throw new Error('no device on the bus');
  return device;
}

/** The same device, with a log of its class requests. */
function record(device: UsbDeviceHandle, log: string[]): UsbDeviceHandle {
  const watch = async <T>(setup: ControlSetup, transfer: Promise<T>): Promise<T> => {
    if (setup.requestType !== 'class') return await transfer;
    const name = REQUEST_NAMES.get(setup.request) ?? `request ${setup.request}`;
    try {
      const answer = await transfer;
      log.push(name);
      return answer;
    } catch (error) {
      log.push(`${name} stalled`);
      throw error;
    }
  };
  return new Proxy(device, {
    get: (target, key) => {
      if (key === 'controlTransferIn') {
        return (setup: ControlSetup, lenBytes: number, timeoutMs?: number) =>
          watch(setup, target.controlTransferIn(setup, lenBytes, timeoutMs));
      }
      if (key === 'controlTransferOut') {
        return (setup: ControlSetup, data: Uint8Array<ArrayBuffer>, timeoutMs?: number) =>
          watch(setup, target.controlTransferOut(setup, data, timeoutMs));
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Bytes in chunks, each after a turn of the loop, as a disk gives them. */
export async function* imageChunks(image: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < image.byteLength; at += chunkBytes) {
    yield image.subarray(at, at + chunkBytes);
    await nextTurn();
  }
}
