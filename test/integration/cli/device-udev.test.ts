import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { broughtProfile } from '../../helpers/brought-profile.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

test('REQ-OTA-USB-01 device udev-rules needs neither station nor log-in, installs, and never overwrites somebody else’s file', async (t) => {
  const folder = tempFolder(t);
  const data = ['--data', join(folder, 'data')];
  const printed = await runCli(['device', 'udev-rules', ...data]);
  assert.equal(printed.code, 0, printed.err);
  assert.equal(printed.out, readFileSync('resources/udev/70-drydock.rules', 'utf8'));
  assert.ok(!existsSync(join(folder, 'data')), 'no data folder is made');

  const path = join(folder, '70-drydock.rules');
  const installed = await runCli(['device', 'udev-rules', '--install', path, '--group', 'plugdev', ...data]);
  assert.equal(installed.code, 0, installed.err);
  assert.match(installed.out, /udevadm control --reload && udevadm trigger/);
  assert.match(readFileSync(path, 'utf8'), /GROUP="plugdev"/);
  const anew = await runCli(['device', 'udev-rules', '--install', path, '--json', ...data]);
  assert.deepEqual(JSON.parse(anew.out), { path, changed: true, rules: printed.out });

  const brought = join(folder, 'new-kind.json');
  writeFileSync(brought, JSON.stringify(broughtProfile()));
  const named = await runCli(['device', 'udev-rules', '--profile', brought, ...data]);
  assert.match(named.out, /ATTR\{idVendor\}=="1209", ATTR\{idProduct\}=="7a01"/);
  writeFileSync(brought, JSON.stringify(broughtProfile({ id: 'drydock-virtual-unit' })));
  const clash = await runCli(['device', 'udev-rules', '--profile', brought, ...data]);
  assert.match(clash.err, /device\.profile-overlap/);

  writeFileSync(path, '# of the administrator\n');
  const foreign = await runCli(['device', 'udev-rules', '--install', path, ...data]);
  assert.equal(foreign.code, 3);
  assert.match(foreign.err, /left as it is.*\n.*device\.udev-foreign/);
  for (const wrong of [
    ['--output', path],
    ['--install', join(folder, '99-drydock.rules')],
    ['--install', join(folder, 'none', '70-drydock.rules')],
    ['--group', 'two words'],
    ['--install', path, '--output', join(folder, 'new')],
  ]) {
    const refused = await runCli(['device', 'udev-rules', ...wrong, ...data]);
    assert.equal(refused.code, 2, wrong.join(' '));
  }
  assert.equal(readFileSync(path, 'utf8'), '# of the administrator\n');
});
