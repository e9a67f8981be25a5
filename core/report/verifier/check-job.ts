import * as v from 'valibot';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import { UpdateJobView, JobState } from '../../../contract/schema/update-job.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { applyMove, openJob } from '../../update/fold-job.ts';
import type { UpdateJob } from '../../update/job.ts';
import { mayMove } from '../../update/transitions.ts';
import { isJobEvent } from '../describe-event.ts';
import { found, type Finding } from './check-list.ts';

const entries = UpdateJobView.entries;

/** Also a code that another release of Drydock knows and this one does not: reports outlive releases. */
const AnyErrorCode = v.custom<ErrorCode>((value) => typeof value === 'string' && /^[a-z-]+\.[a-z0-9-]+$/.test(value));

const JobChange = v.strictObject({
  product: v.exactOptional(entries.product),
  serial: v.exactOptional(entries.serial),
  hardware: v.exactOptional(entries.hardware),
  profile: entries.profile,
  imageHash: v.exactOptional(entries.imageHash),
  bootHash: v.exactOptional(entries.bootHash),
  bootHashBefore: v.exactOptional(entries.bootHashBefore),
  versionBefore: v.exactOptional(entries.versionBefore),
  versionTarget: v.exactOptional(entries.versionTarget),
  versionAfter: v.exactOptional(entries.versionAfter),
  selfTest: v.exactOptional(entries.selfTest),
  approvals: v.exactOptional(entries.approvals),
  missingProtections: v.exactOptional(entries.missingProtections),
  attention: v.exactOptional(entries.attention),
  policyDigest: v.exactOptional(entries.policyDigest),
  puttingBack: v.exactOptional(entries.puttingBack),
  seenOnTrial: v.exactOptional(entries.seenOnTrial),
  staleSelfTest: v.exactOptional(entries.staleSelfTest),
  actors: v.exactOptional(entries.actors),
  code: v.exactOptional(v.nullable(AnyErrorCode)),
  reason: v.exactOptional(entries.reason),
  checks: v.exactOptional(entries.checks),
});

/** The data of an event that opened, moved or added to a job (`JobMove`). */
const JobMove = v.variant('from', [
  v.strictObject({
    from: v.null(),
    to: v.literal('created'),
    request: v.pick(UpdateJobView, [
      'id',
      'bundleDigest',
      'position',
      'place',
      'clones',
      'training',
      'workOrder',
      'assetTag',
      'udi',
      'statedSerial',
      'executedBy',
      'kind',
    ]),
  }),
  v.strictObject({ from: JobState, to: JobState, change: JobChange }),
]);

/** The job is the fold of its events, each of them a legal move (`core/update/transitions.ts`). */
export function checkJob(
  job: UpdateJob,
  events: readonly AuditEvent[],
  paperSaysTraining: boolean,
): Result<Finding<UpdateJob>> {
  const jobEvents = events.filter(isJobEvent);
  let folded: UpdateJob | null = null;
  for (const event of jobEvents) {
    if (event.subject['job'] !== job.id)
      return refuseJob(event.seq, `is of another job, ${event.subject['job'] ?? 'none'}`);
    const move = v.safeParse(JobMove, event.data);
    if (!move.success) return refuseJob(event.seq, `does not say what happened to the job (${move.issues[0].message})`);
    const { output } = move;
    if (output.from === null) {
      if (folded !== null) return refuseJob(event.seq, 'opens the job a second time');
      folded = openJob(output.request, event.time);
    } else {
      if (folded === null) return refuseJob(event.seq, 'moves the job before one opened it');
      if (output.from !== folded.state) {
        return refuseJob(
          event.seq,
          `moves the job from ${output.from}, but it was ${folded.state}: an event is missing`,
        );
      }
      if (output.from !== output.to && !mayMove(output.from, output.to)) {
        return refuseJob(event.seq, `makes the illegal move from ${output.from} to ${output.to}`);
      }
      folded = applyMove(folded, output.to, output.change, event.time);
    }
  }
  if (folded === null) return refuse('report.job-differs', 'The report holds no event that opens the job.');
  const field = firstDifference(folded, job);
  if (field !== null) {
    return refuse('report.job-differs', `The job's ${field} is not what its events say.`, { field });
  }
  if (paperSaysTraining !== job.training) {
    const kind = job.training ? 'a training job' : 'a job on real equipment';
    return refuse('report.job-differs', `The log says that this was ${kind}, the report says otherwise.`);
  }
  return found(`The job is exactly what its ${jobEvents.length} events say; it ended ${job.state}.`, job);
}

/** True where the job came to write to the unit. */
export function wasStaged(events: readonly AuditEvent[]): boolean {
  return events.some((event) => isJobEvent(event) && event.data['to'] === 'staging');
}

function firstDifference(folded: UpdateJob, stated: UpdateJob): string | null {
  const fields = Object.keys(UpdateJobView.entries) as (keyof UpdateJob)[];
  return fields.find((field) => canonicalJson(folded[field] ?? null) !== canonicalJson(stated[field] ?? null)) ?? null;
}

function refuseJob(seq: number, what: string): Result<never> {
  return refuse('report.job-differs', `Event ${seq} ${what}.`, { seq });
}
