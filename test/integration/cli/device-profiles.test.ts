import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { zephyrDocument } from '../../helpers/zephyr-profile.ts';

test('REQ-OTA-USB-01 a profile is checked on the command line without a station, and what it lacks is told', async (t) => {
  const folder = tempFolder(t);
  const path = join(folder, 'pump.json');
  writeFileSync(path, JSON.stringify(zephyrDocument('2.5')));
  const good = await runCli(['device', 'check-profile', path]);
  assert.equal(good.code, 0, good.err);
  assert.match(good.out, /zephyr-2\.5 .*mcuboot, product drydock\.virtual-unit, 2fe3:0005 and 2fe3:ffff/s);
  assert.match(good.out, /Only a person who switches the unit off and on restarts it\./);
  writeFileSync(path, JSON.stringify(zephyrDocument('2.5', { resetBy: 'magic' })));
  const wrong = await runCli(['device', 'check-profile', path]);
  assert.notEqual(wrong.code, 0);
  assert.match(wrong.err, /pump\.json is wrong at resetBy/);
});
