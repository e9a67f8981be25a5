import type { ReportModel } from '../../../contract/schema/report.ts';
import { originOf } from '../../audit/checkpoint.ts';
import { drawFields } from './field-grid.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';

/** What the proof section names beside the model: the log's head, and the JSON that this paper was made from. */
export interface ProofFacts {
  readonly treeSize: bigint;
  /** Hex. */
  readonly rootHash: string;
  readonly jsonSha256: string;
}

/** Where the proof lies and how to check it without this program. */
export function drawProof(sheet: Sheet, { id, station }: Pick<ReportModel, 'id' | 'station'>, facts: ProofFacts): void {
  beginSection(sheet, 'Proof', 68, `log ${originOf(station.id)}, ${facts.treeSize} events at the checkpoint`);
  drawFields(sheet, [
    { label: 'Merkle root', value: groupByFour(facts.rootHash), style: 'code', wide: true },
    { label: 'Station key', value: groupByFour(station.publicKeySha256), style: 'code', wide: true },
    { label: 'JSON, SHA-256', value: groupByFour(facts.jsonSha256), style: 'code', wide: true },
    { label: 'With OpenSSL', value: verifyWithOpenSsl, style: 'code', wide: true },
    { label: 'With Drydock', value: verifyWithDrydock, style: 'code', wide: true },
  ]);
  sheet.line(sheet.left, sheet.y, sheet.width);
  sheet.y += 2;
  sheet.paragraph(
    `Set R=${id}, and compare the station key with the one its owner gave you. docs/reports.md has the rest.`,
    'small',
    'quiet',
  );
}

/** Of the commands of docs/reports.md the one for the JSON's signature; the JSON carries everything else. */
const verifyWithOpenSsl =
  'openssl pkeyutl -verify -pubin -inkey station.pub.pem -rawin -in $R.json -sigfile $R.json.sig';
const verifyWithDrydock = 'drydock verify-report $R.json --station-key station.pub.pem';
