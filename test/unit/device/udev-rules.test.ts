import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadProfiles } from '../../../core/device/profile/load-profiles.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { hasUdevRule, installUdevRules, writeUdevRules } from '../../../core/device/udev-rules.ts';
import { makeUdevRules } from '../../../core/station/udev-rules.ts';
import { loadVirtualProfile } from '../../integration/device/virtual-station.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const resources = fileURLToPath(new URL('../../../resources/', import.meta.url));

function registryOf(...profiles: Parameters<typeof ProfileRegistry.create>[0]): ProfileRegistry {
  const registry = ProfileRegistry.create(profiles);
  assert.ok(registry.ok);
  return registry.value;
}

test('REQ-OTA-USB-01 the rules that are shipped are those of the profiles that are shipped', () => {
  const shipped = loadProfiles({ shipped: join(resources, 'profiles') });
  assert.ok(shipped.ok);
  const rules = readFileSync(join(resources, 'udev', '70-drydock.rules'), 'utf8');
  assert.equal(rules, writeUdevRules(shipped.value, { group: null }), 'run drydock device udev-rules anew');
});

test('REQ-OTA-USB-01 there is a rule for each USB id of each profile, the same bytes whatever their order', () => {
  const first = loadVirtualProfile();
  const { usb } = first;
  const second = {
    ...first,
    id: 'acme-pump',
    usb: { runtime: { ...usb.dfu, vendorId: 0x0483, productId: 0xdf11 }, dfu: { ...usb.dfu, vendorId: 0x0a12 } },
  };
  const rules = writeUdevRules(registryOf(first, second), { group: null });
  assert.equal(rules, writeUdevRules(registryOf(second, first), { group: null }));
  for (const usbId of ['1209:0001', '1209:0002', '0483:df11', '0a12:0002']) assert.ok(hasUdevRule(rules, usbId), usbId);
  assert.ok(!hasUdevRule(rules, '0483:0002'));
  assert.equal(rules.match(/TAG\+="uaccess"$/gm)?.length, 4);
  assert.doesNotMatch(rules, /GROUP/);
  assert.match(
    writeUdevRules(registryOf(first), { group: 'plugdev' }),
    /MODE="0660", GROUP="plugdev", TAG\+="uaccess"/,
  );
});

test('a rule that is commented out is no rule', () => {
  const rules = writeUdevRules(registryOf(loadVirtualProfile()), { group: null });
  assert.ok(!hasUdevRule(rules.replaceAll(/^ACTION/gm, '  # ACTION'), '1209:0001'));
});

test('REQ-OTA-USB-01 rules of Drydock’s are replaced, anything else is left as it is', (t) => {
  const folder = tempFolder(t);
  const path = join(folder, '70-drydock.rules');
  const old = writeUdevRules(registryOf(loadVirtualProfile()), { group: null });
  const rules = writeUdevRules(registryOf(loadVirtualProfile()), { group: 'plugdev' });
  assert.deepEqual(installUdevRules(path, old), { ok: true, value: { changed: true } });
  assert.equal(statSync(path).mode & 0o133, 0, 'others may read it at most');
  assert.deepEqual(installUdevRules(path, rules), { ok: true, value: { changed: true } });
  assert.deepEqual(installUdevRules(path, rules), { ok: true, value: { changed: false } });
  assert.equal(readFileSync(path, 'utf8'), rules);

  const foreign = join(folder, 'foreign.rules');
  writeFileSync(foreign, '# my own rules\n');
  const link = join(folder, 'link.rules');
  symlinkSync(path, link);
  const inside = join(folder, 'folder.rules');
  mkdirSync(inside);
  for (const taken of [foreign, link, inside]) {
    const refused = installUdevRules(taken, old);
    assert.ok(!refused.ok && refused.code === 'device.udev-foreign', taken);
  }
  assert.equal(readFileSync(foreign, 'utf8'), '# my own rules\n');
  assert.equal(readFileSync(path, 'utf8'), rules);
});

test('REQ-OTA-USB-01 profiles of the data folder are taken in, and refused as the station refuses them', (t) => {
  const data = tempFolder(t);
  const without = makeUdevRules(data, { group: null });
  mkdirSync(join(data, 'profiles'));
  const shipped: unknown = JSON.parse(readFileSync(join(resources, 'profiles', 'drydock-virtual-unit.json'), 'utf8'));
  const own = JSON.stringify({ ...Object(shipped), id: 'acme-pump' }).replaceAll('"1209"', '"0483"');
  writeFileSync(join(data, 'profiles', 'acme-pump.json'), own);
  const rules = makeUdevRules(data, { group: null });
  assert.ok(rules.ok && without.ok);
  assert.ok(hasUdevRule(rules.value, '0483:0001') && hasUdevRule(rules.value, '1209:0001'));
  assert.ok(!hasUdevRule(without.value, '0483:0001'));
  writeFileSync(join(data, 'profiles', 'second.json'), own);
  const overlap = makeUdevRules(data, { group: null });
  assert.ok(!overlap.ok && overlap.code === 'device.profile-overlap');
  assert.deepEqual(makeUdevRules(null, { group: null }), without);
});
