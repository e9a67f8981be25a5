import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ApprovalStatement } from '../../../contract/schema/policy.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import { describeActor, describeEvent, isJobEvent } from '../describe-event.ts';
import type { ReportFacts } from '../report-facts.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';
import { drawStackedList } from './stacked-list.ts';
import { drawTable, type Cell, type Column, type Row, type Table } from './table.ts';
import { dayOf, printClock, printClockOn } from './wording.ts';

/** Each check that the station made, in the order in which it made them. */
export function drawChecks(sheet: Sheet, { job }: ReportModel): void {
  if (job.checks.length === 0) {
    drawNone(sheet, 'Checks', 'No check was made before the job ended.');
    return;
  }
  const day = dayOf(job.createdAt);
  drawTable(sheet, {
    columns: [
      { title: 'Checks', heading: true },
      { title: 'Result' },
      { title: 'What was found', share: 1 },
      { title: 'UTC' },
    ],
    rows: job.checks.map((check) => [check.name, passedCell(check.passed), check.detail, printClockOn(day, check.at)]),
  });
}

/** What the unit said of itself after its first boot with the new firmware. */
export function drawSelfTest(sheet: Sheet, { job }: ReportModel): void {
  if (job.selfTest === null || job.selfTest.results.length === 0) {
    const state =
      job.selfTest === null ? 'The job did not come to it.' : `The unit named no single test (${job.selfTest.state}).`;
    drawNone(sheet, 'Self-test', state);
    return;
  }
  const { results } = job.selfTest;
  const list: Table = {
    columns: [
      { title: 'Self-test', heading: true },
      { title: 'Result' },
      { title: 'What the unit reported', share: 1 },
    ],
    rows: results.map((result) => [result.name, passedCell(result.passed), result.detail]),
  };
  drawStackedList(sheet, list, results.length > 2 ? 2 : 1);
}

/** The electronic signatures, each with what 21 CFR 11.50 (a) asks for: printed name, time, meaning. */
export function drawApprovals(
  sheet: Sheet,
  { approvals }: Pick<ReportFacts, 'approvals'>,
  whatFor: (statement: ApprovalStatement) => string | null = () => null,
): void {
  if (approvals.length === 0) {
    drawNone(sheet, 'Approvals', 'The job counted no approval.');
    return;
  }
  drawTable(sheet, {
    columns: [
      { title: 'Approvals', share: 0.16, heading: true },
      { title: 'Meaning of the signature', share: 0.275 },
      { title: 'Signed, valid until (UTC)', share: 0.19 },
      { title: 'Electronic signature, SHA-256', share: 0.375, style: 'code' },
    ],
    rows: approvals.map(({ statement, signatureSha256 }) => [
      { text: `${statement.operator.printedName} (${statement.operator.username})`, style: 'strong' },
      [statement.meaning, whatFor(statement), statement.reasonCode, statement.downgrade?.reason]
        .filter(Boolean)
        .join(' · '),
      `${printClock(statement.signedAt)} ${printClock(statement.expiresAt)}`,
      groupByFour(signatureSha256),
    ]),
  });
}

/** A proof that stood on a page alone would say of nothing that it is proven. */
const ROWS_WITH_PROOF = 3;

/** The events of the log that the report stands on, by their numbers in the log; the last ones stay with the proof of that height. */
export function drawEvents(sheet: Sheet, { job }: ReportModel, { events }: ReportFacts, proofHeight: number): void {
  const day = dayOf(job.createdAt);
  const columns: readonly Column[] = [
    { title: 'Events', heading: true },
    { title: 'UTC', gapBefore: 6 },
    { title: 'What happened', share: 1, gapBefore: 8 },
  ];
  const whole: Table = {
    columns: [...columns, { title: 'By' }],
    rows: events.map((event) => [...numberAndTime(event, day), withCode(event), describeActor(event)]),
  };
  const short: Table = {
    columns,
    rows: events.map((event) => [...numberAndTime(event, day), inShort(event, job.code)]),
  };
  drawStackedList(sheet, short, 3, whole, { height: proofHeight, rows: ROWS_WITH_PROOF });
}

function numberAndTime({ seq, time }: AuditEvent, day: string): Row {
  return [String(seq), printClockOn(day, time)];
}

/** Who moved the job stands under "Unit" already, and the job's own code in the conclusion. */
function inShort(event: AuditEvent, jobCode: string | null): string {
  if (!isJobEvent(event)) return `${withCode(event)}, ${describeActor(event)}`;
  return event.code === jobCode ? describeEvent(event) : withCode(event);
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
