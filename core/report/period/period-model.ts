import { createPublicKey } from 'node:crypto';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import type { ReportStation } from '../../../contract/schema/report.ts';
import { canonicalBytes } from '../../canonical-json.ts';
import { sha256Hex } from '../../digest.ts';
import { readTreeSize, writeEvents, type JobReportSource } from '../report-model.ts';
import { CheckList } from '../verifier/check-list.ts';
import { maxReportLenBytes } from '../verifier/read-report.ts';
import { verifyPeriodEvidence } from '../verifier/verify-period.ts';
import { concludePeriod } from './period-conclusion.ts';
import { periodIdOf } from './period-id.ts';

/** A job of the period with what its own report would stand on. */
export type PeriodJobSource = Pick<JobReportSource, 'job' | 'events' | 'bundle' | 'approvals' | 'policy'> & {
  /** Event of the import that the job stands on. */
  readonly importSeq: number;
};

export interface PeriodSource {
  readonly period: PeriodReport['period'];
  /** Oldest first. */
  readonly jobs: readonly PeriodJobSource[];
  readonly checkpoint: string;
  readonly station: Omit<ReportStation, 'publicKeySha256'>;
  readonly generatedAt: Date;
  readonly generatedBy: string;
}

/**
 * Builds the report of a period from its jobs and their evidence (REQ-OTA-RPT-01); what several jobs stand on is carried once. It is
 * checked as a verifier will check it. Refuses with `report.evidence-incomplete` or `report.period-too-large`.
 */
export function buildPeriodReport(source: PeriodSource): Result<PeriodReport> {
  const treeSize = readTreeSize(source.checkpoint);
  if (!treeSize.ok) return treeSize;
  const spki = createPublicKey(source.station.publicKeyPem).export({ format: 'der', type: 'spki' });
  const station = { ...source.station, publicKeySha256: sha256Hex(spki) };
  const generatedAt = `${source.generatedAt.toISOString().slice(0, 19)}Z`;
  const events = writeEvents(source.jobs.flatMap((job) => job.events));
  const approvals = onlyOnce(
    source.jobs.flatMap((job) => job.approvals),
    ({ statement }) => statement,
  );
  const jobs = source.jobs.map(({ importSeq, job }) => ({ job, importSeq }));
  const { period } = source;
  const model: PeriodReport = {
    format: 'drydock-period-report/1',
    id: periodIdOf({ generatedAt, period, station }),
    generatedAt,
    generatedBy: source.generatedBy,
    station,
    period,
    conclusion: concludePeriod({
      jobs,
      period,
      station,
      approvals,
      eventCount: events.length,
      treeSize: treeSize.value,
    }),
    jobs,
    bundles: onlyOnce(source.jobs.map(readBundle), ({ importSeq }) => importSeq),
    policies: onlyOnce(source.jobs.flatMap(readPolicy), ({ digest }) => digest),
    approvals,
    log: { checkpoint: source.checkpoint, events },
  };
  const lenBytes = canonicalBytes(model).byteLength;
  if (lenBytes > maxReportLenBytes) {
    const reason = `The report of ${jobs.length} jobs would have ${lenBytes} bytes; at most ${maxReportLenBytes} can be verified. Nothing was written: ask for a shorter period.`;
    return refuse('report.period-too-large', reason, { lenBytes });
  }
  const list = new CheckList();
  verifyPeriodEvidence(list, model);
  const failure = list.firstFailure;
  if (failure === null) return accept(model);
  return refuse('report.evidence-incomplete', `No report was made: ${failure.reason}`, { cause: failure.code });
}

function readBundle({ bundle, importSeq }: PeriodJobSource): PeriodReport['bundles'][number] {
  return {
    importSeq,
    digest: sha256Hex(Buffer.from(bundle.manifest)),
    manifest: bundle.manifest,
    signers: [...bundle.signers],
  };
}

function readPolicy({ job, policy }: PeriodJobSource): PeriodReport['policies'] {
  return job.policyDigest === null || policy == null ? [] : [{ digest: job.policyDigest, text: policy }];
}

function onlyOnce<T>(items: readonly T[], keyOf: (item: T) => string | number): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
