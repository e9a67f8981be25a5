import assert from 'node:assert/strict';
import type { McubootProfile } from '../../core/device/profile/mcuboot.ts';
import { parseProfile } from '../../core/device/profile/parse-profile.ts';
import type { ZephyrGeneration } from '../../simulator/zephyr/generation.ts';

/** Slots of the virtual Zephyr units of these tests: small, so that reading them whole is quick. */
export const ZEPHYR_SLOT_BYTES = 16 * 1024;
export const ZEPHYR_SECTOR_BYTES = 1024;

const alternates: Readonly<Record<ZephyrGeneration, readonly [running: number | string, staging: number | string]>> = {
  '2.5': [0, 1],
  legacy: ['image_0', 'image_1'],
  next: ['slot0_image', 'slot1_image'],
};

/** A profile document for virtual Zephyr units, as an administrator would write it. */
export function zephyrDocument(generation: ZephyrGeneration, changes: Readonly<Record<string, unknown>> = {}) {
  const [running, staging] = alternates[generation];
  return {
    format: 'drydock-profile/1',
    id: `zephyr-${generation}`,
    name: `Zephyr unit of generation ${generation}`,
    product: 'drydock.virtual-unit',
    scheme: 'mcuboot',
    usb: {
      runtime: { vendorId: '2fe3', productId: '0005', interface: 0 },
      dfu: { vendorId: '2fe3', productId: 'ffff', interface: 0 },
    },
    hardware: 'vu-a',
    confirmedBy: 'device',
    afterManifestation: 'stays',
    resetBy: 'person',
    undisturbedMs: 2000,
    slots: {
      application: {
        slot0: { alternate: running, sizeBytes: ZEPHYR_SLOT_BYTES, role: 'running' },
        slot1: { alternate: staging, sizeBytes: ZEPHYR_SLOT_BYTES, role: 'staging' },
      },
    },
    trailer: { alignBytes: 8, writeBytes: 8, maxSectors: 128, sectorBytes: ZEPHYR_SECTOR_BYTES },
    deadlines: {
      transferMs: 5000,
      blockMs: 30_000,
      manifestMs: 60_000,
      detachMs: 15_000,
      rebootMs: 60_000,
      selfTestMs: 60_000,
      personMs: 900_000,
    },
    limits: { maxTransferBytes: 4096, maxPollTimeoutMs: 10_000 },
    quirks: [],
    ...changes,
  };
}

export function zephyrProfile(
  generation: ZephyrGeneration,
  changes: Readonly<Record<string, unknown>> = {},
): McubootProfile {
  const text = JSON.stringify(zephyrDocument(generation, changes));
  const profile = parseProfile(Buffer.from(text), `zephyr-${generation}.json`);
  assert.ok(profile.ok, profile.ok ? '' : profile.reason);
  assert.ok(profile.value.scheme === 'mcuboot');
  return profile.value;
}

/** Options that make a virtual unit of a generation one that can be updated and read by DFU alone. */
export function zephyrOrder(generation: ZephyrGeneration) {
  return {
    kind: `zephyr-${generation}`,
    slotBytes: ZEPHYR_SLOT_BYTES,
    sectorBytes: ZEPHYR_SECTOR_BYTES,
    upload: true,
    ...(generation === 'next' ? { slot0Alternate: true } : {}),
  } as const;
}
