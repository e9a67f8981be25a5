import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writePeriodCsv, type PeriodJob } from '../../../core/report/report-csv.ts';
import type { UpdateJob } from '../../../core/update/job.ts';
import { buildModel, tellStory } from './station-fixture.ts';

const { job } = buildModel(tellStory());
const row = (change: Partial<UpdateJob> = {}, names: Partial<PeriodJob> = {}): PeriodJob => ({
  job: { ...job, ...change },
  productName: 'Acme Infusion Pump 300',
  releaseName: '2.4.0',
  changeControl: 'CC-2026-0117',
  ...names,
});

/** A reader of RFC 4180 by the standard's own grammar. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('REQ-OTA-RPT-01 the list of a period has the documented header, and a line for each job', () => {
  const [head, ...lines] = readCsv(writePeriodCsv([row(), row({ state: 'refused', serial: null })]));
  assert.equal(
    head?.join(','),
    'job,began_utc,ended_utc,result,kind,product,hardware,serial,position,work_order,asset_tag,udi,release,change_control,bundle_sha256,version_before,version_target,version_after,self_tests,self_tests_passed,executed_by,code,conclusion,place,same_serial_at',
  );
  assert.equal(lines.length, 2);
  assert.deepEqual(lines[0], [
    job.id,
    job.createdAt,
    job.endedAt,
    'confirmed',
    'install',
    'Acme Infusion Pump 300',
    'pump-a',
    'PMP-300-00417',
    '1-2.4',
    'WO-2026-00981',
    'BME-004417',
    '(01)04012345678901(21)PMP-300-00417',
    '2.4.0',
    'CC-2026-0117',
    job.bundleDigest,
    '3',
    '7',
    '7',
    '3',
    '3',
    'Ana María Ruiz',
    '',
    'Confirmed: the unit runs version 7 and passed 3 of 3 self-tests.',
    '',
    '',
  ]);
  assert.equal(lines[1]?.[7], '');
});

test('REQ-OTA-RPT-01 commas, quotes and line ends stay inside their field (RFC 4180 §2)', () => {
  const nasty = 'a "quoted", name\r\nwith two lines';
  const [, line] = readCsv(writePeriodCsv([row({}, { productName: nasty })]));
  assert.equal(line?.[5], nasty);
  assert.equal(line.length, 25);
});

test('REQ-OTA-USB-03 the list of a period has the name of the place, and where a clone stood', () => {
  const place = { name: 'Bench 3 left', number: 3 };
  const [, line] = readCsv(writePeriodCsv([row({ place, clones: ['1-2.5', '1-3'] })]));
  assert.deepEqual(line?.slice(-2), ['Bench 3 left', '1-2.5 1-3']);
});

test('REQ-OTA-RPT-01 no text of a job is run as a formula by a spreadsheet', () => {
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '＝1', '\u00a0=cmd|x']) {
    const [, line] = readCsv(writePeriodCsv([row({}, { productName: formula })]));
    assert.equal(line?.[5], `'${formula}`);
  }
  const [, plain] = readCsv(writePeriodCsv([row({}, { productName: 'a=1' })]));
  assert.equal(plain?.[5], 'a=1');
});

test('REQ-OTA-RPT-01 a period without jobs is a header alone', () => {
  assert.equal(readCsv(writePeriodCsv([])).length, 1);
});
