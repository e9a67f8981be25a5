import { sign } from 'node:crypto';
import { accept } from '../../../contract/result.ts';
import type { StationKey } from '../../audit/station-key.ts';
import type { Clock, Transact } from '../../ports.ts';
import { exportReport } from '../../report/export-report.ts';
import { buildJobReport, type JobReportSource } from '../../report/report-model.ts';
import type { Handlers } from '../dispatch.ts';
import { gatherEvidence, type ReportRecords } from '../report-source.ts';

export interface ReportHandlerDeps extends ReportRecords {
  readonly clock: Clock;
  readonly transact: Transact;
  readonly key: StationKey;
  readonly station: () => Pick<JobReportSource['station'], 'id' | 'name' | 'version'>;
}

/** Signed reports of jobs. */
export function createReportHandlers(deps: ReportHandlerDeps): Pick<Handlers, 'report.export'> {
  const { clock, transact, key, log } = deps;
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
  };
}
