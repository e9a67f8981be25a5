import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { accept, refuse } from '../../../contract/result.ts';
import { StationHealth, type HealthCheckName } from '../../../contract/schema/station-health.ts';
import { checkHealth, type HealthSources } from '../../../core/station/health/check-health.ts';
import { measureDisk } from '../../../core/station/health/disk-space.ts';

const now = new Date('2026-11-29T12:00:00.000Z');
const gib = 1024 ** 3;

const sound: HealthSources = {
  now: () => now,
  missingAlgorithms: () => [],
  openedAt: new Date('2026-11-29T08:00:00.000Z'),
  schemaVersion: 10,
  auditEvents: () => 120,
  lastVerification: () => ({ at: new Date('2026-11-20T12:00:00.000Z'), events: 100, intact: true }),
  trustedNow: () => accept(now),
  timeFloor: () => null,
  unitsOnBench: () => Promise.resolve(accept(2)),
  diskSpace: () => ({ freeBytes: 5 * gib, totalBytes: 50 * gib }),
  secretStore: 'file',
  version: '0.1.0',
};

async function look(change: Partial<HealthSources>, name: HealthCheckName) {
  const health = v.parse(StationHealth, await checkHealth({ ...sound, ...change }));
  const check = health.checks.find((one) => one.name === name);
  assert.ok(check);
  return { ...check, overall: health.status, others: health.checks.filter((one) => one.name !== name) };
}

test('a sound station passes every check, and tells the facts behind them', async () => {
  const health = v.parse(StationHealth, await checkHealth(sound));
  assert.equal(health.status, 'passed');
  assert.deepEqual(
    health.checks.map(({ name, status }) => [name, status]),
    ['algorithms', 'database', 'audit', 'clock', 'usb', 'disk', 'key'].map((name) => [name, 'passed']),
  );
  assert.deepEqual(health.facts.auditVerified, { at: '2026-11-20T12:00:00.000Z', events: 100 });
  assert.equal(health.facts.unitsOnBench, 2);
});

test('one failed check fails the station and leaves the others as they are', async () => {
  const clock = await look({ trustedNow: () => refuse('trust.clock-jumped', 'The clock jumped.') }, 'clock');
  assert.deepEqual(
    [clock.status, clock.code, clock.sentence, clock.overall],
    ['failed', 'trust.clock-jumped', 'The clock jumped.', 'failed'],
  );
  assert.ok(clock.others.every(({ status }) => status === 'passed'));
  const algorithms = await look({ missingAlgorithms: () => ['Ed25519'] }, 'algorithms');
  assert.deepEqual([algorithms.status, algorithms.code], ['failed', 'station.algorithm-missing']);
  assert.match(algorithms.sentence, /Ed25519/);
});

test('a station without USB still imports and approves: that is a warning', async () => {
  const usb = await look({ unitsOnBench: () => Promise.resolve(refuse('device.no-usb', 'No USB here.')) }, 'usb');
  assert.deepEqual([usb.status, usb.code, usb.overall], ['warning', 'device.no-usb', 'warning']);
});

test('REQ-OTA-AUD-02 a log that was found touched fails the station; one that is due is named', async () => {
  const at = (iso: string, intact = true) => ({ at: new Date(iso), events: 100, intact });
  const status = async (lastVerification: HealthSources['lastVerification']) =>
    (await look({ lastVerification }, 'audit')).status;
  assert.equal(await status(() => null), 'warning');
  assert.equal(await status(() => at('2026-10-30T12:00:00.001Z')), 'passed');
  assert.equal(await status(() => at('2026-10-30T12:00:00.000Z')), 'warning');
  assert.equal(await status(() => at('2026-11-29T11:00:00.000Z', false)), 'failed');
});

test('a disk that fills up is told of before it is full', async () => {
  const status = async (freeBytes: number) =>
    (await look({ diskSpace: () => ({ freeBytes, totalBytes: 50 * gib }) }, 'disk')).status;
  assert.equal(await status(gib), 'passed');
  assert.equal(await status(gib - 1), 'warning');
  assert.equal(await status(100 * 1024 ** 2 - 1), 'failed');
  assert.equal((await look({ diskSpace: () => null }, 'disk')).status, 'warning');
});

test('the disk is asked of the operating system, and one that does not answer is no fault', () => {
  const space = measureDisk(import.meta.dirname);
  assert.ok(space !== null && space.freeBytes <= space.totalBytes && space.totalBytes > 0);
  assert.equal(measureDisk('/nowhere/at/all'), null);
});
