import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { JobSearch } from '../../../contract/schema/job-history.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { createJobHistory } from '../../../core/storage/job-history-repository.ts';
import { migrations } from '../../../core/storage/migrations/index.ts';
import { createUpdateRepository } from '../../../core/storage/update-repository.ts';
import { openJob } from '../../../core/update/fold-job.ts';
import { makeFolder, openTestDatabase } from './open-test-database.ts';

const everything: JobSearch = { text: null, states: [], from: null, to: null, bundleDigest: null, operator: null };
const tom = { id: '00000000-0000-4000-8000-000000000001', username: 'tom', printedName: 'Tom Berg' };
const tess = { id: '00000000-0000-4000-8000-000000000002', username: 'tess', printedName: 'Tess Berg' };

/** Job number `n` of the minute `n`. */
function jobOf(n: number, change: Partial<UpdateJobView> = {}): UpdateJobView {
  const opened = openJob(
    {
      id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      bundleDigest: 'a'.repeat(64),
      position: '1-1',
      place: null,
      clones: [],
      training: true,
      workOrder: `WO-${n}`,
      assetTag: null,
      udi: null,
      statedSerial: null,
      executedBy: tom,
      kind: 'install',
    },
    new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
  );
  return { ...opened, product: 'org.example.pump', serial: 'SN-1', ...change };
}

function open(t: TestContext, jobs: readonly UpdateJobView[] = []) {
  const { connection } = openTestDatabase(t);
  const repository = createUpdateRepository(connection);
  for (const job of jobs) repository.insertJob(job);
  const history = createJobHistory(connection);
  const minutes = (found: readonly UpdateJobView[]) =>
    found.map(({ createdAt }) => new Date(createdAt).getUTCMinutes());
  const search = (query: Partial<JobSearch>, page: { before?: string; limit?: number } = {}) =>
    minutes(history.search({ ...everything, ...query }, { before: null, limit: 50, ...page }));
  return { repository, history, search };
}

test('a text finds jobs by the beginning of serial number, work order, asset tag, UDI or product, in any case, newest first', (t) => {
  const { search } = open(t, [
    jobOf(1, { serial: 'Ab-17' }),
    jobOf(2, { workOrder: 'AB-2' }),
    jobOf(3, { assetTag: 'ab-3' }),
    jobOf(4, { udi: 'AB-4' }),
    jobOf(5, { product: 'ab-5' }),
    jobOf(6, { serial: 'x-ab-6' }),
    jobOf(7, { serial: null, product: null }),
  ]);
  assert.deepEqual(search({ text: 'aB-' }), [5, 4, 3, 2, 1]);
  assert.deepEqual(search({ text: 'ab-1' }), [1]);
  assert.deepEqual(search({ text: 'WO-7' }), [7]);
  for (const wildcard of ['%', '_', '*', "'"]) assert.deepEqual(search({ text: wildcard }), [], wildcard);
});

test('a text that very many jobs begin with finds the same ones', (t) => {
  const jobs = Array.from({ length: 1400 }, (_, n) => jobOf(n, { state: n % 700 === 3 ? 'failed' : 'created' }));
  const { history, search } = open(t, jobs);
  assert.equal(search({ text: 'wo-' }).length, 50);
  const failed = history.search({ ...everything, text: 'wo-', states: ['failed'] }, { before: null, limit: 50 });
  assert.deepEqual(
    failed.map(({ workOrder }) => workOrder),
    ['WO-703', 'WO-3'],
  );
  assert.deepEqual(history.count({ ...everything, text: 'wo-' }), { total: 1400, isTotalExact: true });
});

test('state, time, bundle and operator narrow a search down, each alone and together', (t) => {
  const { history, search } = open(t, [
    jobOf(1),
    jobOf(2, { executedBy: tess }),
    jobOf(3, { state: 'failed', executedBy: tess }),
    jobOf(4, { bundleDigest: 'b'.repeat(64) }),
  ]);
  assert.deepEqual(search({ states: ['failed', 'refused'] }), [3]);
  assert.deepEqual(search({ operator: tess.id }), [3, 2]);
  assert.deepEqual(search({ bundleDigest: 'b'.repeat(64) }), [4]);
  assert.deepEqual(search({ from: '2026-01-01T00:02:00Z', to: '2026-01-01T00:04:00Z' }), [3, 2]);
  assert.deepEqual(search({ operator: tess.id, states: ['created'], text: 'wo' }), [2]);
  assert.deepEqual(history.count({ ...everything, operator: tess.id }), { total: 2, isTotalExact: true });
});

test('a page stays what it was when jobs are added, and pages meet without a gap', (t) => {
  const { repository, search } = open(
    t,
    [1, 2, 3, 4, 5].map((n) => jobOf(n)),
  );
  assert.deepEqual(search({}, { limit: 2 }), [5, 4]);
  repository.insertJob(jobOf(6));
  assert.deepEqual(search({}, { limit: 2, before: jobOf(4).id }), [3, 2]);
  assert.deepEqual(search({ text: 'wo-' }, { limit: 2, before: jobOf(2).id }), [1]);
});

test('a job is found by what it says now: its state and what its unit turned out to be', (t) => {
  const { repository, search } = open(t, [jobOf(1, { serial: null, product: null })]);
  assert.deepEqual(search({ text: 'SN-1' }), []);
  repository.updateJob(jobOf(1, { state: 'confirmed' }));
  assert.deepEqual(search({ text: 'SN-1', states: ['confirmed'] }), [1]);
  assert.deepEqual(search({ text: 'org.example' }), [1]);
});

test('units come in the order of their serial numbers, page by page; those that differ in case or product alone are two', (t) => {
  const { history } = open(t, [
    jobOf(1, { serial: 'b-2' }),
    jobOf(2, { serial: 'B-2' }),
    jobOf(3, { serial: 'B-2', product: 'org.example.other' }),
    jobOf(4, { serial: 'a-9' }),
    jobOf(5, { serial: 'a-9' }),
    jobOf(6, { serial: 'c-1', product: null }),
  ]);
  const ask = (change: Partial<Parameters<typeof history.units>[0]>, limit = 10) =>
    history.units({ text: null, product: null, after: null, ...change }, limit).map((u) => `${u.serial} ${u.product}`);
  const all = ['a-9 org.example.pump', 'B-2 org.example.other', 'B-2 org.example.pump', 'b-2 org.example.pump'];
  assert.deepEqual(ask({}), all);
  assert.deepEqual(ask({}, 2), all.slice(0, 2));
  assert.deepEqual(ask({ after: { serial: 'B-2', product: 'org.example.other' } }), all.slice(2));
  assert.deepEqual(ask({ text: 'B' }), all.slice(1));
  assert.deepEqual(ask({ product: 'org.example.pump' }), [all[0], all[2], all[3]]);
  const unit = { serial: 'a-9', product: 'org.example.pump' };
  assert.deepEqual([history.countJobsOf(unit), history.jobsOf(unit, 1)[0]?.workOrder], [2, 'WO-5']);
});

test('0013 makes jobs that are there already searchable', (t) => {
  const folder = makeFolder(t);
  const before = openTestDatabase(t, folder, migrations.slice(0, 12));
  createUpdateRepository(before.connection).insertJob(jobOf(1));
  before.close();
  const { connection } = openTestDatabase(t, folder);
  const found = createJobHistory(connection).search({ ...everything, text: 'sn-1' }, { before: null, limit: 5 });
  assert.deepEqual(found, [jobOf(1)]);
});
