import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as v from 'valibot';
import { StandingOrderView } from '../../../contract/schema/standing-order.ts';
import { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { CliBench } from './cli-bench.ts';

function batch(bench: CliBench, ...more: string[]): string[] {
  bench.logIn('tom');
  return ['update', 'batch', 'all', bench.digest.slice(0, 8), '--work-order', 'WO-7', ...more];
}

async function listJobs(bench: CliBench, ...more: string[]): Promise<UpdateJobView[]> {
  const list = await bench.run(['update', 'list', '--json', ...more]);
  return v.parse(v.array(UpdateJobView), JSON.parse(list.out));
}

describe('several units at once from the command line', { concurrency: true }, () => {
  test('REQ-OTA-USB-03 all units of the bench are updated at once, each with the asset tag that the list has for it', async (t) => {
    const bench = await CliBench.set(t, 3);
    const tags = join(bench.folder, 'tags.csv');
    writeFileSync(
      tags,
      'unit,asset-tag\nVU-0001,INF-0417\n1-2;INF-0418\n# the third one\nVU-0003\tINF-0419\nVU-0099,INF-9999\n',
    );
    const { code, out, err } = await bench.run(batch(bench, '--asset-tags', tags));
    assert.equal(code, 0, out + err);
    assert.match(out, /^3 units: 3 confirmed, 0 ended otherwise, 0 not ended\.$/m);
    for (const unit of ['1', '2', '3']) {
      assert.match(out, new RegExp(`^1-${unit} +VU-000${unit} .*Confirmed, version 4`, 'm'));
    }
    const jobs = await listJobs(bench);
    assert.deepEqual(jobs.map(({ serial, assetTag }) => `${String(serial)} ${String(assetTag)}`).sort(), [
      'VU-0001 INF-0417',
      'VU-0002 INF-0418',
      'VU-0003 INF-0419',
    ]);
  });

  test('REQ-OTA-USB-03 a list without a tag for a unit that is there starts nothing', async (t) => {
    const bench = await CliBench.set(t, 2);
    const tags = join(bench.folder, 'tags.csv');
    writeFileSync(tags, 'VU-0001,INF-0417\n');
    const { code, err } = await bench.run(batch(bench, '--asset-tags', tags));
    assert.equal(code, 2);
    assert.match(err, /has none for VU-0002 at 1-2; nothing was started/);
    assert.deepEqual(await listJobs(bench), []);
  });

  test('REQ-OTA-USB-03 for machines there is a line of JSON for each change, and a sum', async (t) => {
    const bench = await CliBench.set(t, 2);
    bench.logIn('tom');
    const positions = '1-1,1-2,1-7';
    const { code, out } = await bench.run(['update', 'batch', positions, bench.digest, '--work-order', 'W', '--json']);
    assert.equal(code, 3, 'one of the places is empty');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => v.parse(v.looseObject({ type: v.string() }), JSON.parse(line)));
    assert.deepEqual(lines.at(-1), { type: 'batch.ended', confirmed: 2, ended: 1, open: 0, notStarted: 0 });
    const states = lines.filter(({ type, position }) => type === 'job.written' && position === '1-1');
    assert.deepEqual([states.at(0)?.['state'], states.at(-1)?.['state']], ['created', 'confirmed']);
    assert.ok(lines.some(({ type, doneBytes }) => type === 'job.progress' && typeof doneBytes === 'number'));
    const empty = lines.findLast(({ position }) => position === '1-7');
    assert.deepEqual([empty?.['state'], empty?.['code']], ['refused', 'device.not-found']);
  });

  test('REQ-OTA-USB-03 Ctrl-C stops all where they can be resumed, and one command goes on with all', async (t) => {
    const bench = await CliBench.set(t, 2);
    const started = bench.start(batch(bench));
    await started.shows(/stage 25 %/);
    started.kill('SIGINT');
    const { code, out, err } = await started.ended;
    assert.equal(code, 130, out + err);
    assert.match(err, /Do not unplug the units/);
    assert.match(out, /update resume --all/);
    assert.equal((await listJobs(bench, '--open')).length, 2);
    const resumed = await bench.run(['update', 'resume', '--all']);
    assert.equal(resumed.code, 0, resumed.out + resumed.err);
    assert.match(resumed.out, /2 units: 2 confirmed/);
  });

  test('REQ-OTA-USB-03 a queue starts the units that are there and ends with its last one', async (t) => {
    const bench = await CliBench.set(t, 2);
    const { code, out, err } = await bench.run(batch(bench, '--queue', '--units', '2'));
    assert.equal(code, 0, out + err);
    assert.match(out, /2 units: 2 confirmed/);
    const list = await bench.run(['update', 'order', 'list']);
    assert.match(list.out, /WO-7 +tom +1-1 1-2 +ended: as many units as it was for/);
    assert.match(list.out, /✓ VU-0002 +1-2 +confirmed/);
  });

  test('REQ-OTA-USB-03 the first Ctrl-C in a queue lets the units under way finish', async (t) => {
    const bench = await CliBench.set(t, 2);
    const started = bench.start(batch(bench, '--queue'));
    await started.shows(/stage 25 %/);
    started.kill('SIGINT');
    const { code, out, err } = await started.ended;
    assert.equal(code, 0, out + err);
    assert.match(err, /No further unit is started; those under way go on to their end/);
    assert.match(out, /2 units: 2 confirmed/);
    const list = await bench.run(['update', 'order', 'list', '--json']);
    const [order] = v.parse(v.array(StandingOrderView), JSON.parse(list.out));
    assert.deepEqual([order?.end, order?.started.length], ['station-closed', 2]);
  });
});
