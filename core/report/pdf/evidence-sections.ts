import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import { describeActor, describeEvent, isJobEvent } from '../describe-event.ts';
import type { ReportFacts } from '../report-facts.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';
import { drawTable, measureTable, type Cell, type Column, type Row } from './table.ts';
import { printClock } from './wording.ts';

/** Each check that the station made, in the order in which it made them. */
export function drawChecks(sheet: Sheet, { job }: ReportModel): void {
  if (job.checks.length === 0) {
    drawNone(sheet, 'Checks', 'No check was made before the job ended.');
    return;
  }
  drawTable(
    sheet,
    [
      { title: 'Checks', share: 0.2, heading: true },
      { title: 'Result', share: 0.12 },
      { title: 'What was found', share: 0.49 },
      { title: 'Time (UTC)', share: 0.19 },
    ],
    job.checks.map((check) => [check.name, passedCell(check.passed), check.detail, printClock(check.at)]),
  );
}

/** What the unit said of itself after its first boot with the new firmware. */
export function drawSelfTest(sheet: Sheet, { job }: ReportModel): void {
  if (job.selfTest === null || job.selfTest.results.length === 0) {
    const state =
      job.selfTest === null ? 'The job did not come to it.' : `The unit named no single test (${job.selfTest.state}).`;
    drawNone(sheet, 'Self-test', state);
    return;
  }
  drawTable(
    sheet,
    [
      { title: 'Self-test', share: 0.2, heading: true },
      { title: 'Result', share: 0.12 },
      { title: 'What the unit reported', share: 0.68 },
    ],
    job.selfTest.results.map((result) => [result.name, passedCell(result.passed), result.detail]),
  );
}

/** The electronic signatures, each with what 21 CFR 11.50 (a) asks for: printed name, time, meaning. */
export function drawApprovals(sheet: Sheet, { approvals }: ReportFacts): void {
  if (approvals.length === 0) {
    drawNone(sheet, 'Approvals', 'The job counted no approval.');
    return;
  }
  drawTable(
    sheet,
    [
      { title: 'Approvals', share: 0.17, heading: true },
      { title: 'Meaning of the signature', share: 0.26 },
      { title: 'Signed, valid until (UTC)', share: 0.19 },
      { title: 'Electronic signature, SHA-256', share: 0.38, style: 'code' },
    ],
    approvals.map(({ statement, signatureSha256 }) => [
      { text: `${statement.operator.printedName} (${statement.operator.username})`, style: 'strong' },
      [statement.meaning, statement.reasonCode, statement.downgrade?.reason].filter(Boolean).join(' · '),
      `${printClock(statement.signedAt)} ${printClock(statement.expiresAt)}`,
      groupByFour(signatureSha256),
    ]),
  );
}

const eventColumns: readonly Column[] = [
  { title: 'Events', share: 0.12, heading: true },
  { title: 'Time (UTC)', share: 0.2 },
  { title: 'What happened', share: 0.5 },
  { title: 'By', share: 0.18 },
];

/** Two events beside each other, for a list that then ends on the page on which it begins. */
const pairedColumns: readonly Column[] = [
  { title: 'Events', share: 0.09, heading: true },
  { title: 'Time (UTC)', share: 0.19 },
  { title: 'What happened', share: 0.25 },
  { title: '', share: 0.05 },
  { title: 'Time (UTC)', share: 0.19 },
  { title: 'What happened', share: 0.23 },
];

/** The events of the log that the report stands on, by their numbers in the log. */
export function drawEvents(sheet: Sheet, { events }: ReportFacts): void {
  const half = Math.ceil(events.length / 2);
  const pairs = events.slice(0, half).map((event, index) => [...shortRow(event), ...shortRow(events[index + half])]);
  if (measureTable(sheet, pairedColumns, pairs) <= sheet.room) drawTable(sheet, pairedColumns, pairs);
  else drawTable(sheet, eventColumns, events.map(fullRow));
}

function fullRow(event: AuditEvent): Row {
  return [String(event.seq), printClock(event.time), withCode(event), describeActor(event)];
}

/** Who moved the job stands under "Unit" already. */
function shortRow(event: AuditEvent | undefined): Row {
  if (event === undefined) return [];
  const by = isJobEvent(event) ? '' : `, ${describeActor(event)}`;
  return [String(event.seq), printClock(event.time), withCode(event) + by];
}

function withCode(event: AuditEvent): string {
  return event.code === undefined ? describeEvent(event) : `${describeEvent(event)} (${event.code})`;
}

function drawNone(sheet: Sheet, heading: string, sentence: string): void {
  beginSection(sheet, heading, 20);
  sheet.paragraph(sentence, 'cell', 'quiet');
}

function passedCell(passed: boolean): Cell {
  return passed
    ? { text: 'Passed', sign: 'passed', ink: 'green' }
    : { text: 'Failed', sign: 'failed', ink: 'red', style: 'strong' };
}
