import type { Refusal } from '../../contract/result.ts';
import type { DeviceBench, KnownUnit } from '../device/update-target.ts';
import type { Clock } from '../ports.ts';
import type { JobLog } from './job-log.ts';
import type { UpdateJob } from './job.ts';
import { mayMove } from './transitions.ts';

const LOOK_EVERY_MS = 100;
/** Somebody who only reads a unit is done within a moment. */
const MOST_LOOKS = 50;

/** Opens the unit at a position; one that is being read just now is waited for. Refuses as `DeviceBench.open`. */
export async function openUnit(
  bench: DeviceBench,
  clock: Clock,
  position: string,
  signal: AbortSignal,
  known?: KnownUnit,
): ReturnType<DeviceBench['open']> {
  for (let looks = 1; ; looks += 1) {
    const opened: Awaited<ReturnType<DeviceBench['open']>> = await bench.open(position, known);
    if (opened.ok || opened.code !== 'device.in-use' || looks === MOST_LOOKS || signal.aborted) return opened;
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** Ends, or leaves open, a job whose unit could not be opened. */
export function endWithoutUnit(log: JobLog, job: UpdateJob, { code, reason }: Refusal): UpdateJob {
  const change = { checks: [log.check('unit-present', false, reason)], code, reason };
  if (job.state === 'created' || job.state === 'ready') return log.move(job, 'refused', change);
  // The unit is not there to be asked. A job that was activated then says so, and can be resumed or given up.
  return mayMove(job.state, 'indeterminate') ? log.move(job, 'indeterminate', change) : log.record(job, change);
}
