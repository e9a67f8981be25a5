import { decode } from 'cborg';
import { DfuRequest } from '../../../core/device/dfu/constants.ts';
import { buildImage, type ImageRecipe } from '../../../simulator/image-builder.ts';
import type { VirtualUsbDevice } from '../../../simulator/usb-device.ts';
import { openVirtualBench, type PlacedUnit, type VirtualBench } from '../../../simulator/virtual-bench.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { signingKeys } from './small-unit.ts';

export const POSITION = '1-4';
export const SERIAL = 'VU-0001';

export const publicKeyPem = signingKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

export function signedImage(recipe: Partial<ImageRecipe> = {}): Buffer {
  return buildImage({ version: '1.0.0+1', securityCounter: 1, signingKey: signingKeys.privateKey, ...recipe });
}

export const factoryImage = signedImage({ bodyBytes: 6000 });
export const newImage = signedImage({ version: '2.0.0+7', securityCounter: 2, bodyBytes: 9000 });

export interface TestBench extends VirtualBench {
  readonly clock: TestClock;
}

export interface BenchSetup {
  readonly folder?: string;
  /** The unit leaves the factory without an image. */
  readonly empty?: boolean;
  readonly clock?: TestClock;
}

/** A bench with one unit at position 1-4: 16 sectors of 4096 bytes a slot, running version 1.0.0+1. */
export function openTestBench(options: Partial<PlacedUnit> = {}, setup: BenchSetup = {}): TestBench {
  const clock = setup.clock ?? new TestClock();
  const order = { position: POSITION, serial: SERIAL, imagePublicKey: publicKeyPem, slotBytes: 64 * 1024 };
  const units = [{ ...order, ...(setup.empty === true ? {} : { factoryImage }), ...options }];
  return {
    clock,
    ...openVirtualBench({ clock, units, ...(setup.folder === undefined ? {} : { folder: setup.folder }) }),
  };
}

/** The device at the position, opened and with its interface claimed. */
export async function openDevice(bench: TestBench): Promise<VirtualUsbDevice> {
  await bench.bus.settle();
  const [device] = await bench.bus.getDevices();
  if (device === undefined) throw new Error('no device on the bus');
  await device.open();
  await device.claimInterface(0);
  return device;
}

export function classOut(
  device: VirtualUsbDevice,
  request: number,
  value = 0,
  data: Uint8Array = new Uint8Array(0),
): Promise<unknown> {
  return device.controlTransferOut({ requestType: 'class', recipient: 'interface', request, value, index: 0 }, data);
}

export async function classIn(
  device: VirtualUsbDevice,
  request: number,
  value: number,
  lenBytes: number,
): Promise<Buffer> {
  const setup = { requestType: 'class', recipient: 'interface', request, value, index: 0 } as const;
  return toBuffer((await device.controlTransferIn(setup, lenBytes)).data);
}

export function vendorOut(device: VirtualUsbDevice, request: number, value = 0): Promise<unknown> {
  const setup = { requestType: 'vendor', recipient: 'device', request, value, index: 0 } as const;
  return device.controlTransferOut(setup, new Uint8Array(0));
}

export interface Information {
  readonly hardware: string;
  readonly serial: string;
  readonly mode: string;
  readonly slots: readonly {
    state: string;
    role: string;
    size: number;
    version?: string;
    counter?: number;
    hash?: Uint8Array;
  }[];
  readonly boot: { swap: string; lastSwap: string; imageOk: boolean; copyDone: boolean };
  readonly selfTest: { state: string; results: readonly { name: string; passed: boolean; detail: string }[] };
  readonly previousSelfTest?: { state: string; counter: number; results: readonly unknown[] };
}

export async function readInformation(device: VirtualUsbDevice): Promise<Information> {
  const setup = { requestType: 'vendor', recipient: 'device', request: 0xd0, value: 0, index: 0 } as const;
  const { data } = await device.controlTransferIn(setup, 4096);
  return decode(toBuffer(data)) as Information;
}

export interface StatusAnswer {
  readonly status: number;
  readonly pollMs: number;
  readonly state: number;
}

export async function getStatus(device: VirtualUsbDevice): Promise<StatusAnswer> {
  const bytes = await classIn(device, DfuRequest.GETSTATUS, 0, 6);
  return { status: bytes.readUInt8(0), pollMs: bytes.readUIntLE(1, 3), state: bytes.readUInt8(4) };
}

/** DETACH, and the same unit in DFU mode. */
export async function enterDfuMode(bench: TestBench): Promise<VirtualUsbDevice> {
  const device = await openDevice(bench);
  await classOut(device, DfuRequest.DETACH, 1000);
  const dfu = await openDevice(bench);
  await dfu.selectAlternateInterface(0, 1);
  return dfu;
}

/** Downloads to the selected alternate setting, one GETSTATUS after each block. Returns the last status. */
export async function download(device: VirtualUsbDevice, image: Uint8Array, blockBytes = 4096): Promise<StatusAnswer> {
  let block = 0;
  for (let offset = 0; offset < image.length; offset += blockBytes) {
    await classOut(device, DfuRequest.DNLOAD, block, image.slice(offset, offset + blockBytes));
    const answer = await getStatus(device);
    if (answer.status !== 0) return answer;
    block += 1;
  }
  await classOut(device, DfuRequest.DNLOAD, block);
  await getStatus(device);
  return await getStatus(device);
}

export async function upload(device: VirtualUsbDevice, blockBytes = 4096): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for (;;) {
    const block = await classIn(device, DfuRequest.UPLOAD, blocks.length, blockBytes);
    blocks.push(block);
    if (block.length < blockBytes) return Buffer.concat(blocks);
  }
}

/** Bootstrap, download, ACTIVATE, RESET: the unit in its trial boot, or whatever it came to. */
export async function installTrial(bench: TestBench, image: Uint8Array): Promise<VirtualUsbDevice> {
  const dfu = await enterDfuMode(bench);
  await download(dfu, image);
  await vendorOut(dfu, 0xd1, 1);
  await vendorOut(dfu, 0xd3);
  return await openDevice(bench);
}

function toBuffer(data: DataView): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
