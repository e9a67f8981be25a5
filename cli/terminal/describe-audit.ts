import type { OperationOutput } from '../../contract/operations.ts';
import type { AuditEvidence, AuditRow } from '../../contract/schema/audit-log.ts';
import type { AuditVerification, CosignatureSummary } from '../../contract/schema/audit.ts';
import type { ReportFile } from '../../contract/schema/station.ts';
import { printable } from './printable.ts';
import { groupedDigest, localTime, mark, paint } from './style.ts';

/** One line of the log; an event that was tampered with has its fault in its place. */
export function describeRow({ seq, event, fault }: AuditRow): string {
  const number = String(seq).padStart(6);
  if (event === null) return `${number}  ${mark.refused()} ${fault?.reason ?? ''}  ${paint('gray', fault?.code ?? '')}`;
  const who = event.actor.kind === 'station' ? 'station' : event.actor.username;
  const sign = event.outcome === 'done' ? mark.passed() : mark.refused();
  return `${number}  ${localTime(event.time)}  ${sign} ${event.type.padEnd(24)} ${who.padEnd(16)} ${event.code ?? ''}`;
}

/** An event with what proves it, or why nothing does. */
export function describeEvidence(evidence: AuditEvidence, files: readonly ReportFile[]): string {
  const { fault, inclusion, leaf, leafSha256, seq } = evidence;
  const verdict =
    fault === null
      ? `${mark.passed()} Event ${seq} is in the log, and the newest checkpoint covers it.`
      : `${mark.refused()} Event ${seq} is not proven. ${fault.reason}\n  ${paint('gray', fault.code)}`;
  const proof =
    inclusion === null
      ? []
      : [
          `  Checkpoint over ${inclusion.treeSize} events, root ${groupedDigest(inclusion.rootSha256)}`,
          ...inclusion.siblingsSha256.map((sibling) => `  beside it ${groupedDigest(sibling)}`),
        ];
  const written = files.map(({ name }) => `${mark.passed()} ${name} written`);
  return [verdict, printable(leaf), `  Leaf hash ${groupedDigest(leafSha256)}`, ...proof, ...written].join('\n');
}

/** What a comparison with a kept checkpoint says, and by whom it was cosigned. */
export function describeComparison({
  size,
  logSize,
  cosignedBy,
  notCosignedBy,
}: OperationOutput<'audit.compare'>): string {
  const lines = [
    `${mark.passed()} The log begins with the ${size} events of this checkpoint; ${logSize - size} came after it.`,
    ...cosignedBy.map(
      ({ name, at }) =>
        `${mark.passed()} Cosigned by ${printable(name)}, ${at === null ? 'at an impossible time' : localTime(at)}`,
    ),
  ];
  lines.push(...notCosignedBy.map((name) => `${mark.warning()} Not cosigned by ${printable(name)}.`));
  return lines.join('\n');
}

/** What the verification of the whole log found, and up to which event others vouch for the log. */
export function describeVerdict(verdict: AuditVerification): string {
  const { intact, size, checkpoints, cosignatures, rootSha256, findings, findingsOmitted } = verdict;
  const lines = intact
    ? [
        `${mark.passed()} ${size} events and ${checkpoints} checkpoints, all intact.`,
        `  Root ${rootSha256 ?? 'none'}`,
        ...describeCosignatures(cosignatures),
      ]
    : findings.map(({ code, reason }) => `${mark.refused()} ${printable(reason)}\n  ${paint('gray', code)}`);
  if (findingsOmitted > 0) lines.push(`  and ${findingsOmitted} more`);
  return lines.join('\n');
}

function describeCosignatures({ verified, uncounted, upTo }: CosignatureSummary): readonly string[] {
  const fit = verified === 1 ? '1 kept cosignature fits.' : `${verified} kept cosignatures, all fit.`;
  const why = 'the key of their witness was removed';
  return [
    verified > 0 ? `${mark.passed()} ${fit}` : `${mark.warning()} No witness vouches for this log.`,
    ...upTo.map(({ witness, size }) => `  Cosigned by ${printable(witness)} up to event ${size}.`),
    ...(uncounted > 0 ? [`${mark.warning()} Kept cosignatures that do not count: ${uncounted} (${why}).`] : []),
  ];
}
