import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseProfile } from '../../../../core/device/profile/parse-profile.ts';
import { listSlots } from '../../../../core/device/profile/slots.ts';
import { loadProfiles } from '../../../../core/device/profile/load-profiles.ts';
import { ProfileRegistry } from '../../../../core/device/profile/profile-registry.ts';
import { bootstrapProfile, dualBankProfile } from '../../../helpers/stm32-profiles.ts';

const FILE = new URL('../../../../resources/profiles/drydock-virtual-unit.json', import.meta.url);
const text = readFileSync(FILE, 'utf8');

type Json = Record<string, unknown>;
/** The shipped profile with one field changed; `path` is dotted, `undefined` removes it. */
function changed(path: string, value: unknown): Uint8Array {
  const root = JSON.parse(text) as Json;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json>((object, key) => object[key] as Json, root);
  parent[last] = value;
  return Buffer.from(JSON.stringify(root));
}
function parsed(bytes: Uint8Array = Buffer.from(text)) {
  const profile = parseProfile(bytes, 'test.json');
  assert.ok(profile.ok, profile.ok ? '' : profile.reason);
  return profile.value;
}
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

test('REQ-OTA-USB-01 the shipped profile describes the virtual unit', () => {
  const profile = parsed();
  assert.equal(profile.usb.dfu.productId, 0x0002);
  assert.equal(profile.scheme, 'drydock-info');
  assert.deepEqual(
    listSlots(profile.slots).map(({ logical, id, alternate, role, sizeBytes }) => [
      logical,
      id,
      alternate,
      role,
      sizeBytes,
    ]),
    [
      ['application', 'slot0', 0, 'running', 520_192],
      ['application', 'slot1', 1, 'staging', 520_192],
    ],
  );
});

for (const [path, value, field] of [
  ['format', 'drydock-profile/2', 'format'],
  ['id', 'no spaces', 'id'],
  ['product', 'UPPER', 'product'],
  ['note', 'unknown keys are refused', 'note'],
  ['usb.dfu.vendorId', '0x1209', 'usb.dfu.vendorId'],
  ['usb.dfu.vendorId', 4617, 'usb.dfu.vendorId'],
  ['usb.runtime.interface', 256, 'usb.runtime.interface'],
  ['usb.runtime', undefined, 'usb.runtime'],
  ['usb.dfu.productId', '0001', 'usb'],
  ['scheme', 'esp32', 'scheme'],
  ['info', 'drydock-info', 'info'],
  ['confirmedBy', 'nobody', 'confirmedBy'],
  ['pendingBy', undefined, 'pendingBy'],
  ['slots', {}, 'slots'],
  ['slots.application.slot1', undefined, 'slots.application'],
  ['slots.application.slot2', { alternate: 2, sizeBytes: 4096 }, 'slots.application'],
  ['slots.application.slot1.role', 'running', 'slots'],
  ['slots.application.slot1.role', 'spare', 'slots.application.slot1.role'],
  ['slots.application.slot1.alternate', 0, 'slots'],
  ['slots.application.slot1.alternate', 256, 'slots.application.slot1.alternate'],
  ['slots.application.slot1.sizeBytes', 0, 'slots.application.slot1.sizeBytes'],
  ['slots.modem', { slot1: { alternate: 2, sizeBytes: 4096 }, slot3: { alternate: 3, sizeBytes: 4096 } }, 'slots'],
  ['trailer.alignBytes', 7, 'trailer.alignBytes'],
  ['trailer.maxSectors', 0, 'trailer.maxSectors'],
  ['deadlines.transferMs', 0, 'deadlines.transferMs'],
  ['deadlines.rebootMs', 3_600_001, 'deadlines.rebootMs'],
  ['deadlines.personMs', undefined, 'deadlines.personMs'],
  ['limits.maxTransferBytes', 65_536, 'limits.maxTransferBytes'],
  ['limits.maxPollTimeoutMs', -1, 'limits.maxPollTimeoutMs'],
] as const) {
  test(`REQ-OTA-USB-01 refuses a profile with ${path} = ${JSON.stringify(value)}, naming the field`, () => {
    const result = parseProfile(changed(path, value), 'test.json');
    assert.ok(!result.ok);
    assert.equal(result.code, 'device.profile-invalid');
    assert.equal(result.detail?.['field'], field);
  });
}

const SAME_ID = { vendorId: '1209', productId: '0001', interface: 0 };

test('REQ-OTA-USB-01 same-id-in-both-modes: one USB id for both modes, at one interface whose descriptors do not lie', () => {
  const bytes = (dfu: object, ...quirks: readonly string[]) =>
    Buffer.from(JSON.stringify({ ...(JSON.parse(text) as Json), usb: { runtime: SAME_ID, dfu }, quirks }));
  const registry = ProfileRegistry.create([parsed(bytes(SAME_ID, 'same-id-in-both-modes'))]);
  assert.ok(registry.ok, registry.ok ? '' : registry.reason);
  assert.deepEqual([registry.value.claim(0x1209, 1)?.mode, registry.value.usbIds().length], [null, 1]);
  const apart = ProfileRegistry.create([parsed(bytes({ ...SAME_ID, productId: '0002' }, 'same-id-in-both-modes'))]);
  assert.ok(apart.ok);
  assert.deepEqual([apart.value.claim(0x1209, 1)?.mode, apart.value.claim(0x1209, 2)?.mode], [null, null]);
  for (const wrong of [
    bytes(SAME_ID),
    bytes({ ...SAME_ID, interface: 1 }, 'same-id-in-both-modes'),
    bytes(SAME_ID, 'same-id-in-both-modes', 'boot-loader-says-runtime'),
  ]) {
    assert.equal(codeOf(parseProfile(wrong, 'test.json')), 'device.profile-invalid');
  }
});

test('REQ-OTA-USB-01 a boot loader in ROM is known by its USB id, whatever its profile would like', () => {
  for (const profile of [dualBankProfile, bootstrapProfile]) {
    assert.equal(codeOf(parseProfile(Buffer.from(JSON.stringify(profile)), 'test.json')), 'accepted');
    const quirky = Buffer.from(JSON.stringify({ ...profile, quirks: ['same-id-in-both-modes'] }));
    assert.equal(codeOf(parseProfile(quirky, 'test.json')), 'device.profile-invalid');
  }
});

test('REQ-OTA-USB-01 refuses a profile that is no strict JSON', () => {
  assert.equal(codeOf(parseProfile(Buffer.from(text.replace('{', '{"id":"x",')), 'x.json')), 'device.profile-invalid');
  assert.equal(codeOf(parseProfile(Buffer.alloc(70_000, 0x20), 'x.json')), 'device.profile-invalid');
});

test('REQ-OTA-USB-01 tells which profile claims a USB id, and in which mode', () => {
  const registry = ProfileRegistry.create([parsed()]);
  assert.ok(registry.ok);
  assert.equal(registry.value.claim(0x1209, 1)?.mode, 'runtime');
  assert.equal(registry.value.claim(0x1209, 2)?.mode, 'dfu');
  assert.equal(registry.value.claim(0x1209, 3), null);
});

test('REQ-OTA-USB-01 refuses two profiles that claim one USB id, in whatever mode, or have one id', () => {
  const other = {
    ...parsed(),
    id: 'other',
    usb: { runtime: { vendorId: 1, productId: 2, interface: 0 }, dfu: parsed().usb.dfu },
  };
  assert.equal(codeOf(ProfileRegistry.create([parsed(), other])), 'device.profile-overlap');
  const apart = { ...other, usb: { runtime: other.usb.runtime, dfu: { vendorId: 1, productId: 3, interface: 0 } } };
  assert.equal(codeOf(ProfileRegistry.create([parsed(), apart])), 'accepted');
  assert.equal(codeOf(ProfileRegistry.create([parsed(), { ...apart, id: parsed().id }])), 'device.profile-overlap');
});

test('REQ-OTA-USB-01 loads the profiles of a folder and refuses the folder for one that is wrong', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-profiles-'));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.json'), text);
  writeFileSync(join(folder, 'README.md'), 'not a profile');
  const loaded = loadProfiles({ shipped: folder });
  assert.ok(loaded.ok);
  assert.equal(loaded.value.profiles.length, 1);
  writeFileSync(join(folder, 'b.json'), '{}');
  assert.equal(codeOf(loadProfiles({ shipped: folder })), 'device.profile-invalid');
});
