import { namePlace } from '../../contract/plain/name-place.ts';
import { holdsUnit } from '../../contract/plain/holds-unit.ts';
import type { JobState, UpdateJobView } from '../../contract/schema/update-job.ts';
import { localTime, mark, paint } from './style.ts';

/** As many digits of a job's id as stand in its report's name; they are enough on the command line. */
const ID_DIGITS = 8;

const ended: ReadonlySet<JobState> = new Set(['confirmed', 'reverted', 'refused', 'failed', 'cancelled', 'abandoned']);

/** False while a job waits for somebody to resume it. */
export function hasEnded({ state }: UpdateJobView): boolean {
  return ended.has(state);
}

/** A job's state, what it means for the unit, and why. */
export function describeJob(job: UpdateJobView): string {
  const unit = nameUnit(job);
  const id = paint('gray', job.id);
  if (job.state === 'confirmed')
    return `${mark.passed()} ${unit} runs version ${String(job.versionAfter)}, confirmed.  ${id}`;
  const asked = job.attention === null ? '' : `\n  ${paint('yellow', job.attention.text)}`;
  const why = job.reason === null ? '' : `\n  ${job.reason}\n  ${paint('gray', job.code ?? '')}`;
  const unknown = job.state === 'abandoned' ? '\n  Nobody knows what the unit runs.' : '';
  return hasEnded(job)
    ? `${mark.refused()} ${unit}: ${job.state}.  ${id}${unknown}${why}`
    : `${mark.warning()} ${unit}: ${job.state}, not ended.  ${id}\n  ${describeUnitNow(job)}${asked}${why}`;
}

/** What is known of a unit whose job waits; never more than that. */
function describeUnitNow({ state }: UpdateJobView): string {
  if (!holdsUnit(state)) return 'Nothing was written to the unit. Safe to unplug.';
  if (state === 'staging' || state === 'staged')
    return 'Only its staging slot was written; it runs its old firmware. Do not unplug.';
  return 'Which firmware it will keep is not settled. Do not unplug.';
}

function nameUnit({ serial, position, place }: UpdateJobView): string {
  const where = namePlace(position, place);
  return serial === null ? `Unit at ${where}` : `Unit ${serial} at ${where}`;
}

/** One line of a list. */
export function listJob({
  id,
  createdAt,
  serial,
  position,
  place,
  state,
}: Pick<UpdateJobView, 'id' | 'createdAt' | 'serial' | 'position' | 'place' | 'state'>): string {
  return `${id.slice(0, ID_DIGITS)}  ${localTime(createdAt)}  ${namePlace(position, place).padEnd(6)} ${(serial ?? '—').padEnd(16)} ${state}`;
}
