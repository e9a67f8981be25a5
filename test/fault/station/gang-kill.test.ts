import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { StandingOrderView } from '../../../contract/schema/standing-order.ts';
import { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { CliBench } from '../../integration/cli/cli-bench.ts';

const PLACES = 8;

test('REQ-OTA-USB-03 REQ-OTA-APP-04 a station killed in the middle of eight units loses none of them, and starts nothing by itself afterwards', async (t) => {
  const bench = await CliBench.set(t, PLACES);
  bench.logIn('tom');
  const batch = bench.start(['update', 'batch', 'all', bench.digest, '--work-order', 'WO-8', '--queue']);
  // Every unit has at least begun, and one of them is well under way.
  for (let place = 1; place <= PLACES; place += 1) await batch.shows(new RegExp(`^1-${place} .*Writing`, 'm'));
  await batch.shows(/stage 50 %/);
  batch.kill('SIGKILL');
  assert.equal((await batch.ended).signal, 'SIGKILL');

  const jobs = await listJobs(bench);
  assert.equal(jobs.length, PLACES);
  for (const job of jobs) assert.deepEqual([job.endedAt, job.state], [null, 'staging'], job.position);
  const [order, ...others] = await listOrders(bench);
  assert.equal(others.length, 0);
  assert.deepEqual([order?.end, order?.started.length], ['station-restarted', PLACES]);
  bench.logIn('otto');
  const closed = await bench.run(['audit', 'list', '--json']);
  assert.match(closed.out, /"type": "order\.closed"[^]*"end": "station-restarted"/);

  bench.logIn('tom');
  const resumed = await bench.run(['update', 'resume', '--all']);
  assert.equal(resumed.code, 0, resumed.out + resumed.err);
  const ended = await listJobs(bench);
  assert.deepEqual(ended.map(({ id }) => id).sort(), jobs.map(({ id }) => id).sort(), 'no job was begun beside these');
  assert.deepEqual(
    ended.map(({ serial, state, versionAfter }) => `${String(serial)} ${state} ${String(versionAfter)}`).sort(),
    Array.from({ length: PLACES }, (_, index) => `VU-000${index + 1} confirmed 4`),
  );
});

async function listJobs(bench: CliBench): Promise<UpdateJobView[]> {
  return v.parse(v.array(UpdateJobView), JSON.parse((await bench.run(['update', 'list', '--json'])).out));
}

async function listOrders(bench: CliBench): Promise<StandingOrderView[]> {
  const list = await bench.run(['update', 'order', 'list', '--json']);
  return v.parse(v.array(StandingOrderView), JSON.parse(list.out));
}
