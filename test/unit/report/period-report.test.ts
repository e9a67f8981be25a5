import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { periodCheckNames } from '../../../contract/schema/report.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { drawPeriod } from '../../../core/report/period/draw-period.ts';
import { exportPeriod } from '../../../core/report/period/export-period.ts';
import { buildPeriodReport } from '../../../core/report/period/period-model.ts';
import { renderPeriodPdf } from '../../../core/report/period/period-pdf.ts';
import { verifyReport } from '../../../core/report/verifier/verify-report.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { periodSource, signPeriod, tellPeriod } from './period-fixture.ts';
import {
  approver,
  confirmedMoves,
  makeKeys,
  policyDocument,
  secondApprover,
  sha256,
  tellStory,
} from './station-fixture.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';

const policyDigest = sha256(canonicalJson(policyDocument));
const moves = confirmedMoves.map(
  ([to, change]) => [to, to === 'ready' ? { ...change, policyDigest } : change] as const,
);
const { story, model } = tellPeriod({ moves });
const signWithStation = (bytes: Uint8Array) => sign(null, bytes, story.station.privateKey);
const drawn = await drawPeriod(periodSource(story), 'A4');
assert.ok(drawn.ok);
const request = { drawn: drawn.value, sign: signWithStation };

/** The code with which a report is refused that the station itself signed after the change. */
function codeAfter(change: (draft: PeriodReport) => void): { code: string | null; failed: string[] } {
  const draft = structuredClone(model);
  change(draft);
  const { checks, result } = verifyReport(signPeriod(draft, story));
  return {
    code: result.ok ? null : result.code,
    failed: checks.filter(({ status }) => status === 'failed').map(({ name }) => name),
  };
}

test('REQ-OTA-RPT-01 the report of a period is written as PDF, JSON and CSV, each with its signature, and verifies', async (t) => {
  const folder = tempFolder(t);
  const exported = await exportPeriod({ ...request, folder });
  assert.ok(exported.ok);
  const { id } = model;
  assert.equal(id, 'DR-jobs-20261101-20261130-20261201T081500Z');
  const names = ['csv', 'csv.sig', 'json', 'json.sig', 'pdf', 'pdf.sig'].map((kind) => `${id}.${kind}`);
  assert.deepEqual(readdirSync(folder).sort(), [...names, 'station.pub.pem']);
  const read = (kind: string) => readFileSync(join(folder, `${id}.${kind}`));
  const { checks, result } = verifyReport({
    jsonBytes: read('json'),
    signature: read('json.sig'),
    pdf: { pdfBytes: read('pdf'), pdfSignature: read('pdf.sig') },
    csv: { csvBytes: read('csv'), csvSignature: read('csv.sig') },
    trustedStationKey: model.station.publicKeySha256,
  });
  assert.ok(result.ok && result.value.stationKeyTrusted);
  assert.deepEqual(
    checks.map(({ name, status }) => [name, status]),
    periodCheckNames.map((name) => [name, 'passed']),
  );
});

test('REQ-OTA-RPT-01 the conclusion counts jobs and units, and does not claim that no job is missing', () => {
  assert.equal(model.conclusion.what, '1 job on 1 unit began from 2026-11-01 to 2026-11-30 (UTC).');
  assert.equal(model.conclusion.result, '1 confirmed.');
  assert.match(model.conclusion.proof, /That no other job began in the period is the station's word\.$/);
});

test('REQ-OTA-RPT-02 every kind of change is found, also where the station itself signed it', () => {
  const outcomes: readonly (readonly [string, (draft: PeriodReport) => void])[] = [
    ['report.job-differs', (draft) => void (at(draft.jobs).job.serial = 'PMP-300-00418')],
    ['report.job-differs', (draft) => void draft.jobs.push(at(draft.jobs))],
    ['report.job-differs', (draft) => void draft.jobs.splice(0)],
    ['report.job-differs', (draft) => void (draft.period.firstDay = '2026-11-23')],
    ['report.job-differs', (draft) => void draft.log.events.splice(-2, 1)],
    ['report.job-differs', (draft) => void (draft.station.training = true)],
    ['report.event-invalid', (draft) => void (at(draft.log.events).leafHash = sha256('another'))],
    ['report.proof-invalid', (draft) => void at(draft.log.events).proof.reverse()],
    ['report.bundle-differs', (draft) => void (at(draft.bundles).manifest += ' ')],
    ['report.bundle-differs', (draft) => void draft.bundles.splice(0)],
    ['report.bundle-differs', (draft) => void (at(draft.jobs).importSeq += 1)],
    ['report.approval-invalid', (draft) => void draft.approvals.splice(0)],
    ['report.policy-not-kept', (draft) => void draft.policies.splice(0)],
    ['report.policy-not-kept', (draft) => void (at(draft.policies).text += ' ')],
    ['report.conclusion-differs', (draft) => void (draft.conclusion.result = '2 confirmed.')],
    ['report.conclusion-differs', (draft) => void (draft.id = 'DR-jobs-20261101-20261130-20261201T081501Z')],
    ['report.checkpoint-invalid', (draft) => void (draft.station.id = 'bench-08')],
    ['report.schema-invalid', (draft) => void Object.assign(draft, { surprise: true })],
  ];
  for (const [expected, change] of outcomes) {
    const { code, failed } = codeAfter(change);
    assert.equal(code, expected, `${change.toString()} failed ${failed.join()}`);
  }
  assert.equal(codeAfter(() => undefined).code, null);
});

function at<T>(list: readonly T[]): T {
  const [first] = list;
  assert.ok(first !== undefined);
  return first;
}

test('REQ-OTA-RPT-02 an approval that no job counted is refused: it would lend its name to nothing', () => {
  // Of another story: it has an id that no job here names.
  const [, stray] = tellStory({ approvers: [approver, secondApprover] }).source.approvals;
  assert.ok(stray);
  assert.equal(codeAfter((draft) => void draft.approvals.push(stray)).code, 'report.approval-invalid');
});

test('REQ-OTA-RPT-02 a CSV that was changed, or that the station signed but the jobs do not give, is refused', async (t) => {
  const folder = tempFolder(t);
  assert.ok((await exportPeriod({ ...request, folder })).ok);
  const csvBytes = readFileSync(join(folder, `${model.id}.csv`));
  const csvSignature = readFileSync(join(folder, `${model.id}.csv.sig`));
  const changed = Buffer.from(csvBytes.toString().replace('confirmed', 'reverted!'));
  for (const csv of [
    { csvBytes: changed, csvSignature },
    { csvBytes: changed, csvSignature: signWithStation(changed) },
  ]) {
    const { result } = verifyReport({ ...signPeriod(model, story), csv });
    assert.ok(!result.ok);
    assert.equal(result.code, 'report.csv-invalid');
  }
});

test('REQ-OTA-RPT-01 a period whose evidence is incomplete gives no report, and the refusal names the job', () => {
  const source = periodSource(story);
  const [job] = source.jobs;
  assert.ok(job);
  const refused = buildPeriodReport({ ...source, jobs: [{ ...job, events: job.events.slice(0, -1) }] });
  assert.ok(!refused.ok);
  assert.equal(refused.code, 'report.evidence-incomplete');
  assert.match(refused.reason, new RegExp(job.job.id));
});

test('REQ-OTA-RPT-01 a period that one report cannot carry is refused before anything is written', () => {
  const manifests = Array.from({ length: 40 }, (_, index) => `{"filler":"${'x'.repeat(1_000_000)}${index}"}`);
  const [job] = periodSource(story).jobs;
  assert.ok(job);
  const jobs = manifests.map((manifest, index) => ({
    ...job,
    importSeq: index + 1,
    bundle: { ...job.bundle, manifest },
  }));
  const refused = buildPeriodReport(periodSource(story, { jobs }));
  assert.ok(!refused.ok);
  assert.equal(refused.code, 'report.period-too-large');
});

test('REQ-OTA-RPT-01 a period without jobs gives a report that says so', async () => {
  const empty = buildPeriodReport(periodSource(story, { jobs: [] }));
  assert.ok(empty.ok);
  assert.equal(empty.value.conclusion.result, 'No job began in the period.');
  assert.ok((await renderPeriodPdf(empty.value)).subarray(0, 5).equals(Buffer.from('%PDF-')));
});

test('REQ-OTA-RPT-01 a training period says so in its name and its conclusion', () => {
  const { model: training } = tellPeriod({ moves, training: true });
  assert.match(training.id, /^DR-TRAINING-jobs-/);
  assert.match(training.conclusion.what, /^Training: /);
  assert.match(training.conclusion.proof, /proves nothing about real equipment\.$/);
});

test('REQ-OTA-RPT-01 the same report of a period is the same PDF, byte for byte, and files of others are left alone', async (t) => {
  assert.ok((await renderPeriodPdf(model)).equals(await renderPeriodPdf(model)));
  const folder = join(tempFolder(t), 'out');
  mkdirSync(folder);
  writeFileSync(join(folder, `${model.id}.csv`), 'mine');
  const refused = await exportPeriod({ ...request, folder });
  assert.ok(!refused.ok);
  assert.equal(refused.code, 'station.file-exists');
  assert.deepEqual(readdirSync(folder), [`${model.id}.csv`]);
  const stranger = makeKeys();
  const signed = await exportPeriod({
    ...request,
    folder: tempFolder(t),
    sign: (bytes) => sign(null, bytes, stranger.privateKey),
  });
  assert.ok(!signed.ok);
  assert.equal(signed.code, 'report.evidence-incomplete');
});

test('REQ-OTA-RPT-01 a job that is not finished stands in its period as that, and verifies', () => {
  const open = tellPeriod({ moves: moves.slice(0, 3) });
  assert.equal(open.model.conclusion.result, '1 not finished.');
  const { result } = verifyReport(signPeriod(open.model, open.story));
  assert.ok(result.ok, result.ok ? '' : result.reason);
});
