import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import * as v from 'valibot';
import { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { CliBench } from './cli-bench.ts';
import type { StartedCli } from './started-cli.ts';

/** A quarter of the image is in the staging slot, or a little more: not every block is told of. */
const midway = /stage .*[23]\d %/;

// Mostly they wait for the unit, so they may do so together.
describe('an update from the command line is interrupted', { concurrency: true }, () => {
  test('REQ-OTA-APP-04 a station killed (kill -9) while it writes an image leaves a job that is found and resumed to its end', async (t) => {
    const bench = await CliBench.set(t);
    const update = start(bench);
    await update.shows(midway);
    update.kill('SIGKILL');
    assert.equal((await update.ended).signal, 'SIGKILL');
    assert.ok(existsSync(join(bench.bench, 'bench.lock')), 'the killed process left its lock behind');

    const job = await findOpenJob(bench);
    assert.equal(job.state, 'staging');
    await resumeToTheEnd(bench, job);
  });

  test('REQ-OTA-APP-04 Ctrl-C while an image is written stops the job where it can be resumed, and says how', async (t) => {
    const bench = await CliBench.set(t);
    const update = start(bench);
    await update.shows(midway);
    update.kill('SIGINT');
    const { code, out, err } = await update.ended;
    assert.equal(code, 130, out + err);
    assert.match(err, /Do not unplug/);
    assert.match(out, /it runs its old firmware/);
    assert.doesNotMatch(out + err, /^ {4}at /m);
    assert.ok(!existsSync(join(bench.bench, 'bench.lock')), 'the bench was let go');

    const job = await findOpenJob(bench);
    assert.equal(job.state, 'staging');
    assert.ok(out.includes(`update resume ${job.id.slice(0, 8)}`), out);
    await resumeToTheEnd(bench, job);
  });

  test('REQ-OTA-APP-04 Ctrl-C during the self-test leaves the unit on trial, and the job open', async (t) => {
    const bench = await CliBench.set(t);
    const update = start(bench);
    await update.shows(/The unit is back/);
    update.kill('SIGINT');
    const { code, out, err } = await update.ended;
    assert.equal(code, 130, out + err);
    const job = await findOpenJob(bench);
    assert.equal(job.state, 'testing');
    await resumeToTheEnd(bench, job);
  });

  test('REQ-OTA-APP-04 an update goes on where nobody reads its output any more', async (t) => {
    const bench = await CliBench.set(t);
    const update = start(bench);
    await update.shows(midway);
    update.closeOutput();
    const { code, err } = await update.ended;
    assert.equal(code, 0, err);
    assert.equal(err, '');
  });
});

function start(bench: CliBench): StartedCli {
  bench.logIn('tom');
  return bench.start(['update', 'start', '1-1', bench.digest.slice(0, 8), '--work-order', 'WO-1']);
}

async function findOpenJob(bench: CliBench): Promise<UpdateJobView> {
  const list = await bench.run(['update', 'list', '--open', '--json']);
  assert.equal(list.code, 0, list.out + list.err);
  const [job, ...others] = v.parse(v.array(UpdateJobView), JSON.parse(list.out));
  assert.ok(job);
  assert.equal(others.length, 0);
  return job;
}

async function resumeToTheEnd(bench: CliBench, job: UpdateJobView): Promise<void> {
  const resumed = await bench.run(['update', 'resume', job.id.slice(0, 8)]);
  assert.equal(resumed.code, 0, resumed.out + resumed.err);
  assert.match(resumed.out, /VU-0001 at 1-1 runs version 4, confirmed/);
  assert.match((await bench.run(['update', 'list', '--open'])).out, /No open job/);
}
