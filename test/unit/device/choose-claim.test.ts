import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { chooseClaim, findSerial } from '../../../core/device/choose-claim.ts';
import { parseProfile } from '../../../core/device/profile/parse-profile.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import type { DeviceProfile } from '../../../core/device/profile/profile.ts';
import type { SightedUnit } from '../../../core/device/usb-scanner.ts';
import { ScriptedUsbDevice } from '../../helpers/scripted-usb-device.ts';
import { bootstrapProfile, dualBankProfile } from '../../helpers/stm32-profiles.ts';

function read(document: object): DeviceProfile {
  const profile = parseProfile(Buffer.from(JSON.stringify(document)), 'test.json');
  assert.ok(profile.ok, profile.ok ? '' : profile.reason);
  return profile.value;
}

const virtualUnit = read(
  JSON.parse(
    readFileSync(new URL('../../../resources/profiles/drydock-virtual-unit.json', import.meta.url), 'utf8'),
  ) as object,
);
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);
const pump = read({ ...dualBankProfile, id: 'pump', product: 'acme.pump' });
const rom = read(bootstrapProfile);

function sightedRom(registry: ProfileRegistry): SightedUnit {
  const candidates = registry.candidates(0x0483, 0xdf11);
  return {
    device: new ScriptedUsbDevice({ respond: () => undefined }),
    claim: null,
    candidates,
    withheld: registry.explain(0x0483, 0xdf11),
    sighting: '0',
    unit: {
      position: '1-1',
      profile: null,
      vendorId: 0x0483,
      productId: 0xdf11,
      serial: '306B34663038',
      mode: null,
      place: null,
      access: 'unknown',
      accessHint: null,
      clones: [],
    },
  };
}

function registryOf(...profiles: DeviceProfile[]): ProfileRegistry {
  const registry = ProfileRegistry.create([virtualUnit, ...profiles]);
  assert.ok(registry.ok, registry.ok ? '' : registry.reason);
  return registry.value;
}

const known = (product: string | null, serial: string | null = null) => ({ product, serial, trialHash: null });

test('REQ-OTA-USB-01 the id of a ROM may belong to several products, and the product of the bundle decides', () => {
  const registry = registryOf(pump, rom);
  assert.equal(registry.claim(0x0483, 0xdf11), null);
  const sighted = sightedRom(registry);
  const chosen = chooseClaim(sighted, known('acme.pump'), '1-1');
  assert.equal(chosen.ok && chosen.value.profile.id, 'pump');
  assert.equal(codeOf(chooseClaim(sighted, known('acme.scale'), '1-1')), 'device.profile-ambiguous');
  assert.equal(codeOf(chooseClaim(sighted, null, '1-1')), 'device.profile-ambiguous');
  assert.equal(codeOf(chooseClaim(sightedRom(registryOf()), known('acme.pump'), '1-1')), 'device.no-profile');
});

test('REQ-OTA-USB-01 two profiles of one product may not share the id of a ROM, nor may another scheme', () => {
  const twice = read({ ...dualBankProfile, id: 'twice' });
  assert.equal(codeOf(ProfileRegistry.create([virtualUnit, rom, twice])), 'device.profile-overlap');
  const { runtime } = virtualUnit.scheme === 'drydock-info' ? virtualUnit.usb : { runtime: null };
  assert.ok(runtime !== null);
  const stranger = { ...virtualUnit, id: 'stranger', product: 'acme.scale', usb: { runtime, dfu: rom.usb.dfu } };
  assert.equal(codeOf(ProfileRegistry.create([stranger as DeviceProfile, rom])), 'device.profile-overlap');
});

test('REQ-OTA-APP-05 a recovered unit must come up under a profile that is there, of the same product', () => {
  assert.equal(codeOf(ProfileRegistry.create([rom])), 'device.profile-unknown');
  const other = read({ ...bootstrapProfile, product: 'acme.pump' });
  assert.equal(codeOf(ProfileRegistry.create([virtualUnit, other])), 'device.profile-unknown');
  assert.equal(codeOf(ProfileRegistry.create([virtualUnit, rom])), 'accepted');
});

test('the serial number of a unit in its ROM is what the job knows, never that of the ROM', () => {
  const registry = registryOf(rom);
  const sighted = sightedRom(registry);
  const claim = chooseClaim(sighted, null, '1-1');
  assert.ok(claim.ok);
  assert.equal(codeOf(findSerial(sighted, claim.value, null, '1-1')), 'device.serial-needed');
  const serial = findSerial(sighted, claim.value, known(null, 'VU-0001'), '1-1');
  assert.equal(serial.ok && serial.value, 'VU-0001');
});

const wrong = [
  ['optionBit', { ...dualBankProfile.optionBit, wordOffset: 40 }],
  ['optionBit', { ...dualBankProfile.optionBit, lenBytes: 6 }],
  ['slots', { application: { bank1: dualBankProfile.slots.application.bank1 } }],
  [
    'slots',
    {
      application: {
        bank1: { startAddress: '0x08000000', sizeBytes: 65_537 },
        bank2: dualBankProfile.slots.application.bank2,
      },
    },
  ],
  [
    'slots',
    {
      application: {
        bank1: { startAddress: '0xFFFF0000', sizeBytes: 65_537 },
        bank2: dualBankProfile.slots.application.bank2,
      },
    },
  ],
  ['hardware', ''],
  ['confirmedBy', 'device'],
] as const;

for (const [field, value] of wrong) {
  test(`REQ-OTA-USB-01 a dual-bank profile with a wrong ${field} (${JSON.stringify(value).slice(0, 60)}) is refused`, () => {
    const profile = parseProfile(Buffer.from(JSON.stringify({ ...dualBankProfile, [field]: value })), 'x.json');
    assert.equal(codeOf(profile), 'device.profile-invalid');
    assert.match(profile.ok ? '' : profile.reason, new RegExp(field));
  });
}
