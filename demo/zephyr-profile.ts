import { demoProduct } from './materials.ts';

const alternates = {
  'zephyr-2.5': ['image-0', 'image-1'],
  'zephyr-legacy': ['image_0', 'image_1'],
  'zephyr-next': ['slot0_image', 'slot1_image'],
} as const;
type ZephyrKind = keyof typeof alternates;

/** Whole slots and sectors of a virtual Zephyr unit as it is ordered without other sizes. */
const SLOT_BYTES = 512 * 1024;
const SECTOR_BYTES = 4096;

/**
 * The device profile of virtual Zephyr units (docs/device-profiles.md), as their vendor would send it.
 * @param changes members that are otherwise than for a unit as it is ordered
 */
export function zephyrProfileText(
  kind: ZephyrKind,
  busReset: 'ignored' | 'boots',
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const [running, staging] = alternates[kind];
  const profile = {
    format: 'drydock-profile/1',
    id: `drydock-virtual-${kind}`,
    name: `Drydock virtual unit (${kind})`,
    product: demoProduct.id,
    scheme: 'mcuboot',
    usb: {
      runtime: { vendorId: '2fe3', productId: '0005', interface: 0 },
      dfu: { vendorId: '2fe3', productId: 'ffff', interface: 0 },
    },
    hardware: 'vu-a',
    confirmedBy: 'device',
    afterManifestation: 'stays',
    resetBy: busReset === 'boots' ? 'bus-reset' : 'person',
    undisturbedMs: 3000,
    slots: {
      application: {
        slot0: { alternate: running, sizeBytes: SLOT_BYTES, role: 'running' },
        slot1: { alternate: staging, sizeBytes: SLOT_BYTES, role: 'staging' },
      },
    },
    trailer: { alignBytes: 8, writeBytes: 8, maxSectors: 128, sectorBytes: SECTOR_BYTES },
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
  return `${JSON.stringify(profile, null, 2)}\n`;
}
