import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usb } from 'usb';
import { systemClock } from '../../../core/system-clock.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { CliBench } from '../../integration/cli/cli-bench.ts';
import { startCli } from '../../integration/cli/started-cli.ts';
import { attachUnits } from '../attach.ts';
import { eventually } from '../guest/eventually.ts';

const PORT = 3240;

test('REQ-OTA-APP-03 the whole update from the command line, over the kernel, of a unit that `drydock simulator serve` serves', async (t) => {
  const bench = await CliBench.set(t);
  const serving = startCli(['simulator', 'serve', bench.bench]);
  const stop = new AbortController();
  t.after(() => {
    stop.abort();
    serving.kill('SIGKILL');
  });
  await serving.shows(/usbip attach -r 127\.0\.0\.1 -b 1-1/);
  const attaching = attachUnits(PORT, stop.signal);
  await eventually(
    async () => (await usb.getDevices()).some(({ serialNumber }) => serialNumber === 'VU-0001'),
    'VU-0001',
  );

  bench.logIn('tom');
  const update = await runCli(['update', 'start', '1-1', bench.digest, '--work-order', 'WO-1', '--data', bench.data]);
  assert.equal(update.code, 0, update.out + update.err);
  assert.match(update.out, /runs version 4, confirmed/);

  stop.abort();
  await attaching;
  serving.kill('SIGINT');
  const { code, out, err } = await serving.ended;
  assert.equal(code, 0, out + err);
  const kept = openVirtualBench({ clock: systemClock, folder: bench.bench });
  const image = kept.unit('VU-0001').board.readRunningImage();
  await kept.close();
  assert.equal(image?.header.version.major, 2);
  assert.equal(image.header.version.minor, 4, 'what the unit was brought to is what the folder keeps');
});
