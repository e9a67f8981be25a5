import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { BenchView } from '../../../contract/schema/bench.ts';
import { BenchUnit } from '../../../contract/schema/device.ts';
import { CliBench } from './cli-bench.ts';

test('REQ-OTA-USB-03 places are named, shown, used and forgotten from the command line', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('tom');
  const done = async (...args: string[]) => {
    const run = await bench.run(args);
    assert.equal(run.code, 0, run.out + run.err);
    return run.out;
  };
  assert.match(await done('bench', 'show'), /no map yet.*bench learn/);
  assert.match(await done('bench', 'name', '1-1', 'Bench 3 left', '--number', '3'), /3 {2}Bench 3 left +1-1/);
  assert.match(await done('bench', 'show'), /3 {2}Bench 3 left +1-1 {2}VU-0001/);
  assert.match(await done('device', 'list'), /1-1 +3 Bench 3 left +1209:0001 {2}VU-0001/);
  assert.match(await done('device', 'show', '3'), /VU-0001/);
  const [unit] = v.parse(v.array(BenchUnit), JSON.parse(await done('device', 'list', '--json')));
  assert.deepEqual(unit?.place, { name: 'Bench 3 left', number: 3 });

  const job = await done('update', 'start', 'bench 3 left', bench.digest.slice(0, 8), '--work-order', 'WO-1');
  assert.match(job, /VU-0001 at Bench 3 left \(1-1\) runs version 4, confirmed/);
  assert.match(await done('update', 'list'), /Bench 3 left \(1-1\)/);

  const unknown = await bench.run(['device', 'show', '4']);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /number 4.*bench show[^]*device\.place-unknown/);
  for (const wrong of [
    ['bench', 'name', '1-1', '12'],
    ['bench', 'name', '1-1', '1-2.4'],
    ['bench', 'name', '1-1', 'Left', '--number', '17'],
    ['bench', 'learn', '--places', '17'],
    ['bench', 'move', 'no hub', '1-2'],
  ])
    assert.equal((await bench.run(wrong)).code, 2, wrong.join(' '));

  assert.match(await done('bench', 'move', '1', '2'), /Bench 3 left +2-1/);
  assert.match(await done('bench', 'forget', '3'), /2-1 has no name any more/);
  assert.deepEqual(v.parse(BenchView, JSON.parse(await done('bench', 'show', '--json'))), { places: [], moved: null });
  bench.logIn('otto');
  assert.equal((await bench.run(['bench', 'name', '1-1', 'Left'])).code, 3);
});

test('REQ-OTA-USB-03 device watch and bench learn end with Ctrl-C, leaving nothing behind that keeps the process alive', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('tom');
  for (const [args, shown] of [
    [['device', 'watch'], /VU-0001/],
    [['device', 'watch', '--json'], /"device\.arrived"/],
    [['bench', 'learn'], /place 1 now/],
  ] as const) {
    const started = bench.start(args);
    await started.shows(shown);
    started.kill('SIGINT');
    const { code, signal, err } = await started.ended;
    assert.deepEqual([code, signal, err], [0, null, '']);
  }
});
