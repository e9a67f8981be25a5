import type { ReportModel } from '../../../contract/schema/report.ts';
import { originOf } from '../../audit/checkpoint.ts';
import type { ProofFacts } from '../proof-facts.ts';
import { drawFields, measureFields, type Field } from './field-grid.ts';
import { gap, type } from './paper.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';

/** What a job's report and a period's have alike. */
type ReportHead = Pick<ReportModel, 'id' | 'station'>;

/** Where the proof lies and how to check it without this program; all of it on one page. */
export function drawProof(sheet: Sheet, model: ReportHead, facts: ProofFacts): void {
  const beside = `log ${originOf(model.station.id)}, ${facts.treeSize} events at the checkpoint`;
  beginSection(sheet, 'Proof', measureBody(sheet, model, facts), beside);
  drawFields(sheet, fieldsOf(model, facts));
  sheet.line(sheet.left, sheet.y, sheet.width);
  sheet.y += gapAboveHint;
  sheet.paragraph(hintOf(model), 'small', 'quiet');
}

/** Height of the section with the gap above it. */
export function measureProof(sheet: Sheet, model: ReportHead, facts: ProofFacts): number {
  return gap.section + type.section.lineHeight + gap.afterHeading + measureBody(sheet, model, facts);
}

function measureBody(sheet: Sheet, model: ReportHead, facts: ProofFacts): number {
  const hint = sheet.measure(hintOf(model), sheet.width, 'small');
  return measureFields(sheet, fieldsOf(model, facts)) + gapAboveHint + hint;
}

const gapAboveHint = 2;

function fieldsOf({ station }: ReportHead, facts: ProofFacts): readonly Field[] {
  return [
    { label: 'Merkle root', value: groupByFour(facts.rootHash), style: 'code', wide: true },
    { label: 'Station key', value: groupByFour(station.publicKeySha256), style: 'code', wide: true },
    { label: 'JSON, SHA-256', value: groupByFour(facts.jsonSha256), style: 'code', wide: true },
    { label: 'With OpenSSL', value: verifyWithOpenSsl, style: 'code', wide: true },
    { label: 'With Drydock', value: verifyWithDrydock, style: 'code', wide: true },
  ];
}

function hintOf({ id }: ReportHead): string {
  return `Set R=${id}, and compare the station key with the one its owner gave you. docs/reports.md has the rest.`;
}

/** Of the commands of docs/reports.md the one for the JSON's signature; the JSON carries everything else. */
const verifyWithOpenSsl =
  'openssl pkeyutl -verify -pubin -inkey station.pub.pem -rawin -in $R.json -sigfile $R.json.sig';
const verifyWithDrydock = 'drydock verify-report $R.json --station-key station.pub.pem';
