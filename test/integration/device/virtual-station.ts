import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import { loadProfiles } from '../../../core/device/profile/load-profiles.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import type { DrydockInfoProfile } from '../../../core/device/profile/drydock-info.ts';
import type { TargetProfile, UpdateTarget } from '../../../core/device/update-target.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import { buildImage } from '../../../simulator/image-builder.ts';
import type { ImageRecipe } from '../../../simulator/image-builder.ts';
import { provisionUnit } from '../../../simulator/provision.ts';
import type { VirtualUnit } from '../../../simulator/unit.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import type { PlacedUnit, VirtualBench } from '../../../simulator/virtual-bench.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { noAlarm } from '../../helpers/alarms.ts';

/** A throw-away key pair for the images of these tests. */
export const imageKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const imagePublicKey = imageKey.publicKey.export({ format: 'pem', type: 'spki' }).toString();

export function signedImage(version: string, securityCounter: number, recipe: Partial<ImageRecipe> = {}): Buffer {
  return buildImage({ bodyBytes: 9000, ...recipe, version, securityCounter, signingKey: imageKey.privateKey });
}

export const oldImage = signedImage('1.0.0+0', 1);
export const newImage = signedImage('2.0.0+0', 2);

export interface VirtualStation {
  readonly clock: TestClock;
  readonly virtual: VirtualBench;
  readonly scanner: UsbScanner;
  readonly bench: UsbDeviceBench;
  open(position?: string): Promise<{ readonly target: UpdateTarget; readonly profile: TargetProfile }>;
}

export function loadVirtualProfile(): DrydockInfoProfile {
  const folder = fileURLToPath(new URL('../../../resources/profiles/', import.meta.url));
  const registry = loadProfiles({ shipped: folder });
  assert.ok(registry.ok);
  const profile = registry.value.profiles.find((candidate) => candidate.id === 'drydock-virtual-unit');
  assert.ok(profile?.scheme === 'drydock-info');
  return profile;
}

/** A station with virtual units; the first one is VU-0001 at position 1-2.4, with the old image unless it says otherwise. */
export function openVirtualStation(
  options: {
    readonly unit?: Partial<PlacedUnit>;
    /** The first unit has no image at all and waits in its boot loader. */
    readonly isEmpty?: boolean;
    readonly profile?: Partial<DrydockInfoProfile>;
  } = {},
): VirtualStation {
  const clock = new TestClock();
  const reference = { imagePublicKey, factoryImage: oldImage };
  const virtual = openVirtualBench({
    clock,
    units: [
      {
        position: '1-2.4',
        serial: 'VU-0001',
        ...(options.isEmpty === true ? { imagePublicKey } : reference),
        ...options.unit,
      },
    ],
  });
  const registry = ProfileRegistry.create([{ ...loadVirtualProfile(), ...options.profile }]);
  assert.ok(registry.ok);
  const scanner = new UsbScanner(virtual.bus, registry.value);
  const bench = new UsbDeviceBench(scanner, { clock, platform: 'linux', alarm: noAlarm });
  const open = async (position = '1-2.4') => {
    const opened = await bench.open(position);
    assert.ok(opened.ok, opened.ok ? '' : `${opened.code}: ${opened.reason}`);
    return opened.value;
  };
  return { clock, virtual, scanner, bench, open };
}

/** A second unit with a serial that another one has already. */
export function makeClone(serial: string, clock: TestClock): VirtualUnit {
  return provisionUnit({ serial, imagePublicKey, factoryImage: oldImage }, clock);
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of bytes that are already there
export async function* streamOf(image: Uint8Array, chunkBytes = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < image.byteLength; at += chunkBytes) yield image.subarray(at, at + chunkBytes);
}

export const ignore = (): void => undefined;

export const codeOf = (result: { readonly ok: boolean; readonly code?: string }): string =>
  result.ok ? 'accepted' : (result.code ?? '');

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
