import { setImmediate as nextTurn } from 'node:timers/promises';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { maxPeriodJobs, type PeriodReport } from '../../contract/schema/period-report.ts';
import type { Clock } from '../ports.ts';
import type { PeriodJobSource, PeriodSource } from '../report/period/period-model.ts';
import { gatherEvidence, headOf, type ReportRecords } from './report-source.ts';

const DAY_MS = 86_400_000;

/**
 * Gathers the jobs that began in a period and what each of them stands on, all with proofs to one head of the log. Jobs with virtual
 * units and jobs with real ones never stand in one report. Refuses with `report.period-invalid`, `report.period-too-large`,
 * `report.evidence-incomplete`, or as a job's own report does.
 */
export async function gatherPeriod(
  { firstDay, lastDay }: PeriodReport['period'],
  training: boolean,
  records: ReportRecords & { readonly clock: Clock },
): Promise<Result<Pick<PeriodSource, 'jobs' | 'checkpoint'>>> {
  const { clock, jobs, log } = records;
  const today = clock.now().toISOString().slice(0, 10);
  if (lastDay < firstDay || firstDay > today) {
    const reason = `The period from ${firstDay} to ${lastDay} ends before it begins, or has not begun yet; today is ${today} (UTC).`;
    return refuse('report.period-invalid', reason);
  }
  const until = new Date(Date.parse(lastDay) + DAY_MS).toISOString();
  const head = headOf(log);
  const { checkpoint } = head;
  if (checkpoint === null) return refuse('report.evidence-incomplete', 'The audit log is empty.');
  const begun = jobs.jobsBegun(new Date(firstDay).toISOString(), until, maxPeriodJobs + 1);
  if (begun.length > maxPeriodJobs) {
    const reason = `More than ${maxPeriodJobs} jobs began in the period. Nothing was written: ask for a shorter period.`;
    return refuse('report.period-too-large', reason);
  }
  const gathered: PeriodJobSource[] = [];
  for (const { id } of begun.filter((job) => job.training === training)) {
    const evidence = gatherEvidence(id, records, head);
    if (!evidence.ok) return evidence;
    const { importSeq } = evidence.value;
    if (importSeq === null) {
      const reason = `No report was made: the log holds no import of the bundle that job ${id} used.`;
      return refuse('report.evidence-incomplete', reason, { job: id });
    }
    gathered.push({ ...evidence.value, importSeq });
    // Other jobs' transfers go on while thousands of proofs are read.
    await nextTurn();
  }
  return accept({ jobs: gathered, checkpoint });
}
