import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliBench } from './cli-bench.ts';

test('a station is looked at and set from the command line', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('tom');
  const health = await bench.run(['station', 'health']);
  assert.equal(health.code, 0, health.err);
  assert.match(health.out, /✓ algorithms[^]*! audit +.*never verified[^]*✓ clock[^]*✓ usb[^]*key lies in a file/);
  assert.equal((await bench.run(['station', 'idle-time', '5'])).code, 3);

  bench.logIn('ada');
  assert.match((await bench.run(['station', 'idle-time', '5'])).out, /after 5 min without use/);
  assert.equal((await bench.run(['station', 'idle-time', '61'])).code, 2);
  assert.match((await bench.run(['station', 'rename', 'North wing'])).out, /called "North wing"/);
  assert.match((await bench.run(['status'])).out, /Station "North wing"/);
});
