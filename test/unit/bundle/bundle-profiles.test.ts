import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManifestProfile } from '../../../contract/schema/bundle.ts';
import { readStoredProfile } from '../../../core/bundle/profiles/stored-profiles.ts';
import { broughtProfile, newKindUsb } from '../../helpers/brought-profile.ts';
import { bootstrapProfile, dualBankProfile } from '../../helpers/stm32-profiles.ts';
import { bundleParts, imageFor, manifestFor, sha256Of } from '../../helpers/test-bundle.ts';
import { testStation } from '../../helpers/test-import.ts';
import { zipBytes, type ZipPart } from '../../helpers/zip-bytes.ts';

const firmware = Buffer.from('firmware');
const bytesOf = (document: object): Buffer => Buffer.from(JSON.stringify(document));
const good = bytesOf(broughtProfile());
const file = 'profiles/kind.json';

function listed(bytes: Uint8Array, changes: Partial<ManifestProfile> = {}): ManifestProfile {
  return { file, len: bytes.length, hash: sha256Of(bytes), ...changes };
}

function partsWith(profiles: readonly ManifestProfile[], files: Readonly<Record<string, Uint8Array>>): ZipPart[] {
  const manifest = manifestFor([imageFor(firmware)], { profiles: [...profiles] });
  return bundleParts(manifest, { 'images/app.bin': firmware, ...files });
}

const bringing = (bytes: Buffer): ZipPart[] => partsWith([listed(bytes)], { [file]: bytes });

test('REQ-OTA-MAN-02 device profiles go into the store with their bundle, its event names them, and they are checked when read', async (t) => {
  const station = testStation(t);
  const imported = await station.import(zipBytes(bringing(good)));
  assert.ok(imported.ok, JSON.stringify(imported));
  assert.ok(station.bundles.isReferenced(sha256Of(good)));
  assert.deepEqual(station.events[0]?.data['profiles'], [{ file, hash: sha256Of(good) }]);
  const read = await readStoredProfile(listed(good), 'drydock.virtual-unit', station.store);
  assert.equal(read.ok && read.value.id, 'new-kind');
  const other = await readStoredProfile(listed(good), 'acme.pump', station.store);
  assert.equal(other.ok ? 'accepted' : other.code, 'bundle.profile-product');
});

const romUsb = { ...newKindUsb, dfu: { vendorId: '0483', productId: 'df11', interface: 0 } };
const second = bytesOf(broughtProfile({ id: 'second' }));
const refusals: readonly (readonly [string, string, ZipPart[]])[] = [
  ['lacks a profile', 'bundle.profile-missing', partsWith([listed(good)], {})],
  [
    'holds an unlisted profile',
    'bundle.profile-unlisted',
    partsWith([listed(good)], { [file]: good, 'profiles/b': good }),
  ],
  [
    'holds a profile although it lists none',
    'bundle.profile-unlisted',
    bundleParts(manifestFor([imageFor(firmware)]), { 'images/app.bin': firmware, [file]: good }),
  ],
  [
    'holds a longer profile',
    'bundle.profile-length',
    partsWith([listed(good)], { [file]: Buffer.concat([good, good]) }),
  ],
  [
    'holds another profile of that length',
    'bundle.profile-hash',
    partsWith([listed(good)], { [file]: Buffer.alloc(good.length, ' ') }),
  ],
  [
    'lists a profile twice',
    'bundle.manifest-duplicate-file',
    partsWith([listed(good), listed(good)], { [file]: good }),
  ],
  ['has a profile that is none', 'device.profile-invalid', bringing(Buffer.from('{}'))],
  [
    'has a profile with a key twice',
    'device.profile-invalid',
    bringing(Buffer.from(good.toString().replace('{', '{"id":"new-kind",'))),
  ],
  [
    'has a profile of another product',
    'bundle.profile-product',
    bringing(bytesOf(broughtProfile({ product: 'acme.pump' }))),
  ],
  [
    'has a profile that writes option bytes',
    'bundle.profile-unsafe',
    bringing(bytesOf({ ...dualBankProfile, product: 'drydock.virtual-unit' })),
  ],
  [
    'has a profile for a unit with a ROM boot loader alone',
    'bundle.profile-unsafe',
    bringing(bytesOf({ ...bootstrapProfile, product: 'drydock.virtual-unit' })),
  ],
  [
    'has a profile that claims the USB id of a ROM',
    'bundle.profile-unsafe',
    bringing(bytesOf(broughtProfile({ usb: romUsb }))),
  ],
  [
    'has two profiles for one unit',
    'device.profile-overlap',
    partsWith([listed(good), listed(second, { file: 'profiles/second.json' })], {
      [file]: good,
      'profiles/second.json': second,
    }),
  ],
  [
    'has a profile larger than is read',
    'bundle.manifest-invalid',
    bringing(Buffer.concat([good, Buffer.alloc(65_537 - good.length, ' ')])),
  ],
  [
    'has a profile under a folder of its own',
    'bundle.archive-entry-unknown',
    partsWith([listed(good)], { 'profiles/a/b': good }),
  ],
];
for (const [what, code, parts] of refusals) {
  test(`REQ-OTA-MAN-03 refuses a bundle that ${what}, and leaves nothing of it`, async (t) => {
    const station = testStation(t);
    const result = await station.import(zipBytes(parts));
    assert.equal(result.ok ? 'accepted' : result.code, code);
    assert.deepEqual(station.files(), []);
    assert.deepEqual(
      station.events.map(({ outcome }) => outcome),
      ['refused'],
    );
  });
}
