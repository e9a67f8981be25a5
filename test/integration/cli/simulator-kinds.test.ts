import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deviceKinds } from '../../../simulator/device-kind.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { CliBench } from './cli-bench.ts';

for (const kind of deviceKinds) {
  test(`REQ-OTA-USB-02 simulator create --kind ${kind} makes units that the next command finds on their bench`, async (t) => {
    const folder = join(tempFolder(t), 'bench');
    const run = await runCli(['simulator', 'create', folder, '--units', '2', '--kind', kind, '--json']);
    assert.equal(run.code, 0, run.err);
    const made: unknown = JSON.parse(run.out);
    assert.ok(typeof made === 'object' && made !== null && 'kind' in made && 'serials' in made);
    assert.deepEqual([made.kind, made.serials], [kind, ['VU-0001', 'VU-0002']]);
    const bench = openVirtualBench({ clock: new TestClock(), folder });
    const seen = (await bench.bus.getDevices()).map(({ ports, serialNumber, vendorId }) => [
      ports,
      serialNumber,
      vendorId,
    ]);
    const vendorId = kind === 'drydock' ? 0x1209 : 0x2fe3;
    assert.deepEqual(seen, [
      [[1], 'VU-0001', vendorId],
      [[2], 'VU-0002', vendorId],
    ]);
    assert.deepEqual([bench.device('VU-0001').kind, bench.device('VU-0002').kind], [kind, kind]);
    await bench.close();
  });
}

test('REQ-OTA-USB-02 the legacy Zephyr unit of the bench is built with upload, or nothing could be read of it', async (t) => {
  const folder = join(tempFolder(t), 'bench');
  await runCli(['simulator', 'create', folder, '--units', '1', '--kind', 'zephyr-legacy']);
  const bench = openVirtualBench({ clock: new TestClock(), folder });
  assert.equal(bench.zephyr('VU-0001').options.upload, true);
  assert.equal(bench.zephyr('VU-0001').options.busReset, 'ignored');
  await bench.close();
});

test('REQ-OTA-USB-02 simulator create --bus-reset says what a bus reset does to Zephyr units, and to them alone', async (t) => {
  const folder = join(tempFolder(t), 'bench');
  const made = await runCli([
    'simulator',
    'create',
    folder,
    '--units',
    '1',
    '--kind',
    'zephyr-2.5',
    '--bus-reset',
    'boots',
  ]);
  assert.equal(made.code, 0, made.err);
  const bench = openVirtualBench({ clock: new TestClock(), folder });
  assert.equal(bench.zephyr('VU-0001').options.busReset, 'boots');
  await bench.close();
  const other = join(tempFolder(t), 'bench');
  const refused = await runCli(['simulator', 'create', other, '--bus-reset', 'boots']);
  assert.notEqual(refused.code, 0);
  assert.match(refused.err, /Zephyr kind/);
  assert.equal(existsSync(other), false);
});

for (const kind of ['zephyr-legacy', 'zephyr-next'] as const) {
  test(`REQ-OTA-USB-02 the device profile that comes with ${kind} units lets a station read both of their slots`, async (t) => {
    const station = await CliBench.set(t);
    station.logIn('tom');
    const folder = join(station.folder, kind);
    await runCli(['simulator', 'create', folder, '--units', '1', '--kind', kind, '--bus-reset', 'boots']);
    mkdirSync(join(station.data, 'profiles'));
    copyFileSync(join(folder, 'kit', `${kind}.json`), join(station.data, 'profiles', `${kind}.json`));
    const place = ['--data', station.data, '--virtual-bench', folder];
    const shown = await runCli(['device', 'show', '1-1', '--enter-dfu', ...place]);
    assert.equal(shown.code, 0, shown.err);
    assert.match(shown.out, /slot0 +running +confirmed +2\.3\.1/);
    assert.match(shown.out, /slot1 +staging +empty/);
  });
}
