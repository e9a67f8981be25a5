import assert from 'node:assert/strict';
import { DfuRequest, DfuState } from '../../../../core/device/dfu/constants.ts';
import { nextSwapType } from '../../../../simulator/boot-loader/swap-type.ts';
import { readTrailer, type SwapType } from '../../../../simulator/boot-loader/trailer.ts';
import type { VirtualUsbDevice } from '../../../../simulator/usb-device.ts';
import { openVirtualBench, type VirtualBench } from '../../../../simulator/virtual-bench.ts';
import type { ZephyrGeneration } from '../../../../simulator/zephyr/generation.ts';
import type { ZephyrOrder } from '../../../../simulator/zephyr/provision-zephyr.ts';
import type { ZephyrUnit } from '../../../../simulator/zephyr/zephyr-unit.ts';
import { TestClock } from '../../../helpers/test-clock.ts';
import {
  classIn,
  classOut,
  getStatus,
  POSITION,
  publicKeyPem,
  SERIAL,
  signedImage,
  type StatusAnswer,
} from '../bench.ts';

export const generations: readonly ZephyrGeneration[] = ['2.5', 'legacy', 'next'];
export const SLOT_BYTES = 64 * 1024;
export const SECTOR_BYTES = 4096;

/** A clock that keeps what was waited for. */
export class RecordingClock extends TestClock {
  readonly slept: number[] = [];

  override async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(durationMs);
    await super.sleep(durationMs, signal);
  }
}

export const factoryImage = signedImage({ bodyBytes: 6000 });
export const newImage = signedImage({ version: '2.0.0+7', securityCounter: 2, bodyBytes: 9000 });

export interface ZephyrBench {
  readonly clock: RecordingClock;
  readonly bench: VirtualBench;
  readonly unit: ZephyrUnit;
  readonly generation: ZephyrGeneration;
}

/** One Zephyr unit at 1-4, with upload where its generation can be built with it, running 1.0.0+1. */
export function openZephyr(
  generation: ZephyrGeneration,
  options: Partial<ZephyrOrder> = {},
  setup: { readonly folder?: string; readonly empty?: boolean } = {},
): ZephyrBench {
  const clock = new RecordingClock();
  const order = { serial: SERIAL, imagePublicKey: publicKeyPem, slotBytes: SLOT_BYTES, sectorBytes: SECTOR_BYTES };
  const content = setup.empty === true ? {} : { factoryImage };
  const kind = `zephyr-${generation}` as const;
  const unit = { ...order, kind, position: POSITION, upload: true, ...content, ...options };
  const folder = setup.folder === undefined ? {} : { folder: setup.folder };
  const bench = openVirtualBench({ clock, units: [unit], ...folder });
  return { clock, bench, unit: bench.zephyr(SERIAL), generation };
}

/** The device as it is on the bus now, opened and claimed. */
export async function open({ bench }: ZephyrBench): Promise<VirtualUsbDevice> {
  await bench.bus.settle();
  const [device] = await bench.bus.getDevices();
  if (device === undefined) throw new Error('no device on the bus');
  await device.open();
  await device.claimInterface(0);
  return device;
}

/** DETACH, with the bus reset that 2.5 waits for; then the same unit in DFU mode with its staging slot selected. */
export async function enterDfu(zephyr: ZephyrBench, opened?: VirtualUsbDevice): Promise<VirtualUsbDevice> {
  const device = opened ?? (await open(zephyr));
  await classOut(device, DfuRequest.DETACH, 1000);
  if (zephyr.generation === '2.5') await device.reset();
  const dfu = await open(zephyr);
  await dfu.selectAlternateInterface(0, 1);
  return dfu;
}

export function transferBytesOf(generation: ZephyrGeneration): number {
  return generation === 'next' ? 512 : 128;
}

/** A whole download with the control transfers and the waits of dfu-util 0.11, down to the last status it asks for. */
export async function dfuUtilDownload(
  zephyr: ZephyrBench,
  device: VirtualUsbDevice,
  image: Uint8Array,
  blockBytes = transferBytesOf(zephyr.generation),
): Promise<StatusAnswer> {
  let block = 0;
  for (let offset = 0; offset < image.length; offset += blockBytes) {
    await classOut(device, DfuRequest.DNLOAD, block, image.slice(offset, offset + blockBytes));
    const status = await pollUntil(zephyr, device, [DfuState['dfuDNLOAD-IDLE'], DfuState.dfuERROR]);
    if (status.status !== 0) return status;
    block += 1;
  }
  await classOut(device, DfuRequest.DNLOAD, block);
  const last = [DfuState.dfuIDLE, DfuState['dfuMANIFEST-WAIT-RESET'], DfuState.dfuERROR];
  return await pollUntil(zephyr, device, last);
}

async function pollUntil(
  { clock }: ZephyrBench,
  device: VirtualUsbDevice,
  ends: readonly number[],
): Promise<StatusAnswer> {
  for (;;) {
    const status = await getStatus(device);
    if (ends.includes(status.state)) return status;
    clock.advance(status.pollMs);
  }
}

/** dfu-util's upload: one block after the other until one is short. */
export async function dfuUtilUpload(device: VirtualUsbDevice, blockBytes: number): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for (;;) {
    const block = await classIn(device, DfuRequest.UPLOAD, blocks.length, blockBytes);
    blocks.push(block);
    if (block.length < blockBytes) return Buffer.concat(blocks);
  }
}

/** Reads a slot through an alternate setting, as the unit's host would. */
export async function readSlot(zephyr: ZephyrBench, device: VirtualUsbDevice, alternate: number): Promise<Buffer> {
  await device.selectAlternateInterface(0, alternate);
  const bytes = await dfuUtilUpload(device, transferBytesOf(zephyr.generation));
  if (zephyr.generation === 'next') await classOut(device, DfuRequest.ABORT);
  return bytes;
}

/** Header version of the image at the start of a slot: major.minor.revision+build. */
export function versionOf(slot: Buffer): string {
  assert.equal(slot.readUInt32LE(0), 0x96f3b83d, 'image magic');
  return `${slot.readUInt8(20)}.${slot.readUInt8(21)}.${slot.readUInt16LE(22)}+${slot.readUInt32LE(24)}`;
}

/** image_ok of a slot as it was uploaded: E-24 with 8-byte alignment. */
export function imageOkOf(slot: Buffer): number {
  return slot.readUInt8(slot.length - 24);
}

/** The magic of the trailer, at the end of the slot. */
export function magicOf(slot: Buffer): string {
  return slot.subarray(-16).toString('hex');
}
export const GOOD_MAGIC = '77c295f360d2ef7f3552500f2cb67980';
export const NO_MAGIC = 'ff'.repeat(16);

/** What MCUboot will do at the next boot. */
export function plannedSwap({ unit }: ZephyrBench): SwapType {
  const { primary, secondary } = unit.board.loader;
  return nextSwapType(readTrailer(primary), readTrailer(secondary));
}

/** Slot 1 as it lies in the flash, whatever the unit shows of it. */
export function slot1({ unit }: ZephyrBench): Buffer {
  return Buffer.from(unit.board.loader.secondary.area.read(0, SLOT_BYTES));
}
