import { sign } from 'node:crypto';
import { accept } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ReportRecord } from '../../../contract/schema/period-report.ts';
import type { StationKey } from '../../audit/station-key.ts';
import type { Clock, Transact } from '../../ports.ts';
import { exportReport } from '../../report/export-report.ts';
import { exportPeriod } from '../../report/period/export-period.ts';
import type { PeriodSource } from '../../report/period/period-model.ts';
import { PeriodThread } from '../../report/period/period-thread.ts';
import { buildJobReport, type JobReportSource } from '../../report/report-model.ts';
import type { Handlers } from '../dispatch.ts';
import { gatherPeriod } from '../period-source.ts';
import { readReportFiles } from '../read-report-files.ts';
import { gatherEvidence, type ReportRecords } from '../report-source.ts';

type ReportHandlers = Pick<Handlers, 'report.export' | 'report.period' | 'report.list' | 'report.verify'>;

export interface ReportHandlerDeps extends ReportRecords {
  readonly clock: Clock;
  readonly transact: Transact;
  readonly key: StationKey;
  /** True where the units on the bench are virtual: a period's report is of the one kind or of the other. */
  readonly training: boolean;
  readonly station: () => Pick<JobReportSource['station'], 'id' | 'name' | 'version'>;
}

/** Signed reports of jobs and of periods. */
export function createReportHandlers(deps: ReportHandlerDeps): ReportHandlers {
  const { clock, transact, key, log, training } = deps;
  return {
    'report.export': async ({ jobId, folder, paper }, { operator }) => {
      const evidence = gatherEvidence(jobId, deps);
      if (!evidence.ok) return evidence;
      const publicKeyPem = key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
      const model = buildJobReport({
        ...evidence.value,
        // What the job was, not on what bench the station happens to work when the report is asked for.
        station: { ...deps.station(), training: evidence.value.job.training, publicKeyPem },
        generatedAt: clock.now(),
        generatedBy: operator.printedName,
      });
      if (!model.ok) return model;
      // The event is written before the files: a report that exists is always in the log.
      transact(() =>
        log.append({
          type: 'report.exported',
          actor: { kind: 'operator', id: operator.id, username: operator.username },
          outcome: 'done',
          subject: { job: jobId },
          data: { report: model.value.id, paper },
        }),
      );
      const exported = await exportReport({
        model: model.value,
        folder,
        paper,
        sign: (bytes) => sign(null, bytes, key.privateKey),
      });
      if (!exported.ok) return exported;
      return accept({ files: [...exported.value.files], stationKeySha256: exported.value.stationKeySha256 });
    },
    'report.period': async ({ firstDay, lastDay, folder, paper }, { operator }) => {
      const period = { firstDay, lastDay };
      const gathered = await gatherPeriod(period, training, deps);
      if (!gathered.ok) return gathered;
      const publicKeyPem = key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
      const source: PeriodSource = {
        ...gathered.value,
        period,
        station: { ...deps.station(), training, publicKeyPem },
        generatedAt: clock.now(),
        generatedBy: operator.printedName,
      };
      const thread = new PeriodThread();
      try {
        const drawn = await thread.draw(source, paper);
        if (!drawn.ok) return drawn;
        const { id, jobs } = drawn.value.model;
        transact(() =>
          log.append({
            type: 'report.exported',
            actor: { kind: 'operator', id: operator.id, username: operator.username },
            outcome: 'done',
            subject: {},
            data: { report: id, paper, firstDay, lastDay, jobs: jobs.length },
          }),
        );
        const exported = await exportPeriod({
          drawn: drawn.value,
          folder,
          sign: (bytes) => sign(null, bytes, key.privateKey),
          verify: async (files) => (await thread.verify(files)).result,
        });
        if (!exported.ok) return exported;
        const { files, stationKeySha256 } = exported.value;
        return accept({ id, jobs: jobs.length, files: [...files], stationKeySha256 });
      } finally {
        await thread.end();
      }
    },
    'report.verify': async ({ path, stationKey }) => {
      const files = readReportFiles(path);
      if (!files.ok) return files;
      const ownKey = key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
      const thread = new PeriodThread();
      try {
        const { checks, result } = await thread.verify({ ...files.value, trustedStationKey: stationKey ?? ownKey });
        return accept({
          checks: [...checks],
          verdict: result.ok ? result.value : null,
          refusal: result.ok ? null : { code: result.code, reason: result.reason },
        });
      } finally {
        await thread.end();
      }
    },
    'report.list': ({ before, limit }) =>
      accept(
        log
          .list({
            filter: { types: ['report.exported'], outcome: 'done' },
            limit,
            ...(before === null ? {} : { before }),
          })
          .map(viewRecord),
      ),
  };
}

function viewRecord({ actor, data, seq, subject, time }: AuditEvent): ReportRecord {
  const { firstDay, lastDay, report } = data;
  const isPeriod = typeof firstDay === 'string' && typeof lastDay === 'string';
  return {
    seq,
    at: time,
    by: actor.kind === 'operator' ? actor.username : 'station',
    id: typeof report === 'string' ? report : '',
    kind: isPeriod ? 'period' : 'job',
    jobId: subject['job'] ?? null,
    period: isPeriod ? { firstDay, lastDay } : null,
  };
}
