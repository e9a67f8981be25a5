import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { describeProfile } from '../../../../core/device/profile/describe-profile.ts';
import { loadProfiles } from '../../../../core/device/profile/load-profiles.ts';
import { parseProfile } from '../../../../core/device/profile/parse-profile.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';
import { zephyrDocument } from '../../../helpers/zephyr-profile.ts';

const shippedText = readFileSync(
  new URL('../../../../resources/profiles/drydock-virtual-unit.json', import.meta.url),
  'utf8',
);

function load(t: TestContext, own: Readonly<Record<string, unknown>>) {
  const folder = tempFolder(t);
  const folders = { shipped: join(folder, 'shipped'), station: join(folder, 'own') };
  for (const path of Object.values(folders)) mkdirSync(path);
  writeFileSync(join(folders.shipped, 'unit.json'), shippedText);
  for (const [name, document] of Object.entries(own))
    writeFileSync(join(folders.station, name), JSON.stringify(document));
  return loadProfiles(folders);
}

const zephyr = zephyrDocument('2.5');
const shipped = JSON.parse(shippedText) as Readonly<Record<string, unknown>>;

test('REQ-OTA-USB-01 the profiles of a station stand beside those that came with Drydock', (t) => {
  const loaded = load(t, { 'pump.json': zephyr });
  assert.ok(loaded.ok);
  const views = loaded.value.sourced.map(describeProfile);
  assert.deepEqual(
    views.map(({ id, source, file, scheme, usbIds }) => [id, source, file, scheme, usbIds]),
    [
      ['drydock-virtual-unit', 'shipped', 'unit.json', 'drydock-info', ['1209:0001', '1209:0002']],
      ['zephyr-2.5', 'station', 'pump.json', 'mcuboot', ['2fe3:0005', '2fe3:ffff']],
    ],
  );
  assert.deepEqual(views[0]?.missingProtections, []);
  assert.ok(views[1]?.missingProtections.includes('power-cycle-by-person'));
});

test('REQ-OTA-USB-01 a station’s profile takes neither id nor USB id from one that came with Drydock', (t) => {
  const sameId = load(t, { 'pump.json': { ...zephyr, id: shipped['id'] } });
  assert.ok(!sameId.ok);
  assert.equal(sameId.code, 'device.profile-overlap');
  assert.match(sameId.reason, /unit\.json, which comes with Drydock and pump\.json of this station/);
  const sameUsbId = load(t, { 'pump.json': { ...zephyr, usb: shipped['usb'] } });
  assert.ok(!sameUsbId.ok);
  assert.equal(sameUsbId.code, 'device.profile-overlap');
  assert.match(sameUsbId.reason, /pump\.json.*1209:0001/);
});

test('REQ-OTA-USB-01 a wrong profile of a station is refused by file, field and folder', (t) => {
  const loaded = load(t, { 'pump.json': { ...zephyr, resetBy: 'magic' } });
  assert.ok(!loaded.ok);
  assert.equal(loaded.code, 'device.profile-invalid');
  assert.match(loaded.reason, /pump\.json is wrong at resetBy: .*the folder is /);
});

for (const [what, changes, field] of [
  [
    'a running slot that cannot be read',
    { slots: { application: { slot1: slot('staging', 1) } } },
    'slots.application',
  ],
  ['two staging slots', { slots: { application: { slot0: slot('staging', 0), slot1: slot('staging', 1) } } }, 'slots'],
  [
    'one alternate twice',
    { slots: { application: { slot0: slot('running', 1), slot1: slot('staging', 1) } } },
    'slots',
  ],
  [
    'a slot without a role',
    { slots: { application: { slot0: { alternate: 0, sizeBytes: 9 }, slot1: slot('staging', 1) } } },
    'slots.application.slot0.role',
  ],
  [
    'a slot that no memory holds',
    { slots: { application: { slot0: { ...slot('running', 0), sizeBytes: 2 ** 31 }, slot1: slot('staging', 1) } } },
    'slots.application.slot0.sizeBytes',
  ],
  ['a station that confirms', { confirmedBy: 'station' }, 'confirmedBy'],
  ['a revision that is no number', { hardware: { bcdDevice: { v1: 'vu-a' } } }, 'hardware'],
  ['units that cannot upload', { quirks: ['upload-broken'] }, 'the document'],
  ['a quirk twice', { quirks: ['no-bus-reset', 'no-bus-reset'] }, 'quirks'],
  ['a quirk that is none', { quirks: ['slow'] }, 'quirks.0'],
] as const) {
  test(`REQ-OTA-USB-01 scheme mcuboot: a profile with ${what} is refused, naming the field`, () => {
    const parsed = parseProfile(Buffer.from(JSON.stringify({ ...zephyr, ...changes })), 'x.json');
    assert.ok(!parsed.ok);
    assert.equal(parsed.code, 'device.profile-invalid');
    assert.equal(String(parsed.detail?.['field']).split('.').slice(0, field.split('.').length).join('.'), field);
  });
}

function slot(role: string, alternate: number) {
  return { role, alternate, sizeBytes: 65_536 };
}
