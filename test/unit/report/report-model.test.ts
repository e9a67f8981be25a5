import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobState } from '../../../contract/schema/update-job.ts';
import { buildJobReport, type JobReportSource } from '../../../core/report/report-model.ts';
import type { JobChange } from '../../../core/update/job.ts';
import { buildModel, confirmedMoves, manifest, tellStory, type StoryOptions } from './station-fixture.ts';

type Moves = NonNullable<StoryOptions['moves']>;

const upTo = (state: JobState): Moves => confirmedMoves.slice(0, confirmedMoves.findIndex(([to]) => to === state) + 1);
const ending = (after: JobState, to: JobState, change: JobChange): StoryOptions => ({
  moves: [...upTo(after), [to, change]],
});

function refusalOf(source: JobReportSource): { code: string; reason: string } {
  const result = buildJobReport(source);
  assert.ok(!result.ok, 'no report may be built');
  return result;
}

test('REQ-OTA-RPT-01 the conclusion says what was done to which unit, with what result, proven by what', () => {
  const { conclusion, station } = buildModel(tellStory());
  assert.deepEqual(conclusion, {
    what: 'Update of Acme Infusion Pump 300, serial PMP-300-00417, hardware pump-a, from version 3 to version 7 with release 2.4.0, work order WO-2026-00981.',
    result: 'Confirmed: the unit runs version 7 and passed 3 of 3 self-tests.',
    proof: `Proven by 12 audit events under the station's signed checkpoint over 15, 1 approval (Jo Park), 1 bundle signature and station key ${station.publicKeySha256.slice(0, 16)}.`,
  });
});

test('REQ-OTA-RPT-01 each end of a job is told in its own words, with the reason and its code', () => {
  const why = { code: 'update.self-test-failed', reason: 'The pressure sensor failed.' } as const;
  const ends: readonly [StoryOptions, string][] = [
    [
      ending('testing', 'reverted', { versionAfter: 3, ...why }),
      'Reverted: the unit is back on its old firmware, version 3. The pressure sensor failed. (update.self-test-failed)',
    ],
    [ending('testing', 'reverted', {}), 'Reverted: the unit is back on its old firmware.'],
    [
      ending('ready', 'refused', { code: 'update.bundle-expired', reason: 'The bundle has expired.' }),
      'Refused: nothing was written to the unit. The bundle has expired. (update.bundle-expired)',
    ],
    [ending('staging', 'cancelled', {}), 'Cancelled before activation: the unit keeps the firmware it had.'],
    [
      ending('testing', 'failed', { versionAfter: 7, code: 'update.kept-unproven', reason: 'The unit keeps it.' }),
      'Failed: version 7 runs. The unit keeps it. (update.kept-unproven)',
    ],
    [ending('staging', 'failed', {}), 'Failed: the version that runs now was not read.'],
    [
      ending('testing', 'indeterminate', { code: 'update.no-contact', reason: 'The unit did not answer.' }),
      'Indeterminate: it is not known what the unit runs; treat it as not updated until it has been read. The unit did not answer. (update.no-contact)',
    ],
  ];
  for (const [options, words] of ends) assert.equal(buildModel(tellStory(options)).conclusion.result, words);
});

test('REQ-OTA-RPT-01 a refused unit of another product is not called by the name of the bundle', () => {
  const moves: Moves = [['refused', { product: 'acme.other', serial: 'X1', hardware: 'x', reason: 'Wrong product.' }]];
  const { conclusion } = buildModel(tellStory({ moves, approvers: [] }));
  assert.match(conclusion.what, /^Update of acme\.other, serial X1, hardware x,/);
});

test('REQ-OTA-RPT-01 a job that ended before the unit was read is told by its bench position', () => {
  const { conclusion } = buildModel(tellStory({ moves: [['cancelled', {}]], approvers: [] }));
  assert.match(conclusion.what, /^Update of the unit at bench position 1-2\.4, with release/);
  assert.match(conclusion.proof, /no approval/);
});

test('REQ-OTA-RPT-01 a training report says so in its first word and its last sentence', () => {
  const { conclusion } = buildModel(tellStory({ training: true }));
  assert.match(conclusion.what, /^Training: /);
  assert.match(conclusion.proof, /Made in training mode: it proves nothing about real equipment\.$/);
});

test('REQ-OTA-RPT-01 no report is made of a job that still runs', () => {
  for (const state of ['ready', 'staging', 'staged', 'activating', 'testing'] as const) {
    const { code, reason } = refusalOf(tellStory({ moves: upTo(state) }).source);
    assert.equal(code, 'report.job-open');
    assert.match(reason, new RegExp(`still ${state}`));
  }
});

test('REQ-OTA-RPT-01 no report is made that would not verify: each record that it stands on must be there', () => {
  const { source } = tellStory();
  for (const { leaf, seq } of source.events) {
    const without = { ...source, events: source.events.filter((event) => event.seq !== seq) };
    assert.equal(refusalOf(without).code, 'report.evidence-incomplete', `without ${leaf}`);
  }
  assert.equal(refusalOf({ ...source, approvals: [] }).code, 'report.evidence-incomplete');
  assert.equal(refusalOf({ ...source, checkpoint: tellStory().source.checkpoint }).code, 'report.evidence-incomplete');
  assert.equal(refusalOf({ ...source, job: { ...source.job, versionAfter: 8 } }).code, 'report.evidence-incomplete');
  const bundle = { ...source.bundle, manifest: source.bundle.manifest.replace('drydock-bundle/1', 'drydock-bundle/2') };
  assert.match(refusalOf({ ...source, bundle }).reason, /^The manifest does not have its form/);
  assert.equal(refusalOf({ ...source, checkpoint: 'nothing' }).code, 'audit.note-malformed');
  assert.equal(refusalOf({ ...source, generatedBy: '' }).code, 'report.evidence-incomplete');
  const approvals = source.approvals.map((approval) => ({ ...approval, statement: '{}' }));
  assert.match(refusalOf({ ...source, approvals }).reason, /^An approval does not have its form/);
});

test('REQ-OTA-RPT-01 events come in any order and more than once, and stand in the order of the log once', () => {
  const story = tellStory();
  const shuffled = { ...story.source, events: [...story.source.events, ...story.source.events].reverse() };
  assert.deepEqual(buildModel({ ...story, source: shuffled }), buildModel(story));
});

test('REQ-OTA-RPT-01 the report carries work order, asset tag, UDI, and the texts as they were signed', () => {
  const story = tellStory();
  const { approvals, bundle, id, job } = buildModel(story);
  assert.equal(id, 'DR-7c9e6679-20261122T101500Z');
  assert.equal(job.workOrder, 'WO-2026-00981');
  assert.equal(job.assetTag, 'BME-004417');
  assert.equal(job.udi, '(01)04012345678901(21)PMP-300-00417');
  assert.equal(bundle.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  assert.deepEqual(approvals, story.source.approvals);
});
