import type { ReportModel } from '../../../contract/schema/report.ts';
import { originOf } from '../../audit/checkpoint.ts';
import { drawFields } from './field-grid.ts';
import { gap } from './paper.ts';
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
export function drawProof(sheet: Sheet, { id, station }: ReportModel, facts: ProofFacts): void {
  beginSection(sheet, 'Proof', 106, `log ${originOf(station.id)}, ${facts.treeSize} events at the checkpoint`);
  drawFields(sheet, [
    { label: 'Merkle root', value: groupByFour(facts.rootHash), style: 'code', wide: true },
    { label: 'Station key', value: groupByFour(station.publicKeySha256), style: 'code', wide: true },
    { label: 'JSON, SHA-256', value: groupByFour(facts.jsonSha256), style: 'code', wide: true },
  ]);
  sheet.y += gap.section / 2;
  sheet.paragraph(
    'Drawn from $R.json, which holds each event with its inclusion proof. Compare the station key with the one its owner gave you, then:',
    'small',
    'quiet',
  );
  sheet.y += 2;
  for (const command of verifyCommands(id)) sheet.paragraph(command, 'code');
}

/** The commands of docs/reports.md, for this report's files. */
function verifyCommands(id: string): readonly string[] {
  const verify = 'openssl pkeyutl -verify -pubin -inkey station.pub.pem -rawin';
  return [
    `R=${id}`,
    'openssl pkey -pubin -in station.pub.pem -outform DER | openssl dgst -sha256',
    `${verify} -in $R.json -sigfile $R.json.sig`,
    `${verify} -in $R.pdf -sigfile $R.pdf.sig`,
    'drydock verify-report $R.json --station-key station.pub.pem',
  ];
}
