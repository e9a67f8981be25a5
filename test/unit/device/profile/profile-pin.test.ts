import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobProfile } from '../../../../contract/schema/update-job.ts';
import { parseProfile } from '../../../../core/device/profile/parse-profile.ts';
import { checkPinned, pinProfile } from '../../../../core/device/profile/profile-pin.ts';
import { ProfileRegistry } from '../../../../core/device/profile/profile-registry.ts';
import type { ProfileSource } from '../../../../core/device/profile/profile-source.ts';
import { UsbScanner } from '../../../../core/device/usb-scanner.ts';
import { broughtProfile } from '../../../helpers/brought-profile.ts';
import { ScriptedUsbDevice } from '../../../helpers/scripted-usb-device.ts';

const parsed = parseProfile(Buffer.from(JSON.stringify(broughtProfile())), 'kind.json');
assert.ok(parsed.ok);
const profile = parsed.value;
const bundle = { digest: 'b'.repeat(64), release: '1.0', issued: '2026-11-01T00:00:00Z' };
const brought: ProfileSource = { kind: 'bundle', file: 'profiles/kind.json', sha256: 'a'.repeat(64), bundle };
const own = (kind: 'shipped' | 'station'): ProfileSource => ({ kind, file: 'kind.json', sha256: 'c'.repeat(64) });
const pin = (source: ProfileSource): JobProfile => pinProfile({ profile, source });
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'same' : result.code);

test('REQ-OTA-APP-04 a job goes on with a bundle’s profile by its very bytes, and nothing takes its place', () => {
  assert.equal(codeOf(checkPinned(undefined, { profile, source: brought }, '1-1')), 'same');
  assert.equal(codeOf(checkPinned(pin(brought), { profile, source: brought }, '1-1')), 'same');
  const changed = { ...brought, sha256: 'd'.repeat(64) };
  assert.equal(codeOf(checkPinned(pin(brought), { profile, source: changed }, '1-1')), 'device.profile-changed');
  assert.equal(codeOf(checkPinned(pin(brought), { profile, source: own('station') }, '1-1')), 'device.profile-changed');
});

test('REQ-OTA-APP-04 a job with a profile of the station’s does not go on with one that a bundle brings; a corrected own one will do', () => {
  assert.equal(codeOf(checkPinned(pin(own('station')), { profile, source: brought }, '1-1')), 'device.profile-changed');
  const corrected = { ...own('station'), sha256: 'd'.repeat(64) };
  assert.equal(codeOf(checkPinned(pin(own('station')), { profile, source: corrected }, '1-1')), 'same');
  assert.equal(codeOf(checkPinned(pin(own('shipped')), { profile, source: own('station') }, '1-1')), 'same');
});

test('no unit is driven by a profile that was only looked at', () => {
  assert.throws(() => pinProfile({ profile, source: { kind: 'file', file: 'kind.json', sha256: 'a'.repeat(64) } }));
});

test('REQ-OTA-APP-04 a unit that is held is known by the profile it is held by, for as long as it is held', async () => {
  const none = ProfileRegistry.create([]);
  assert.ok(none.ok);
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  Object.assign(device, { vendorId: 0x1209, productId: 0x7a02 });
  const backend = {
    getDevices: () => Promise.resolve([device]),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  const scanner = new UsbScanner(backend, none.value);
  const look = async () => {
    const [unit] = await scanner.list().then((units) => (units.ok ? units.value : []));
    assert.ok(unit !== undefined);
    return { position: unit.position, is: [unit.profile, unit.mode] };
  };
  const { position, is } = await look();
  assert.deepEqual(is, [null, null]);
  const release = scanner.pin(position, { profile, source: brought });
  assert.deepEqual((await look()).is, ['new-kind', 'dfu']);
  Object.assign(device, { productId: 0x7b02 });
  assert.deepEqual((await look()).is, [null, null], 'another kind of unit at the place is not taken for it');
  Object.assign(device, { productId: 0x7a02 });
  release();
  assert.deepEqual((await look()).is, [null, null]);
});
