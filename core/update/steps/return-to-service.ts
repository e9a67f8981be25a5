import type { DeviceState } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
import { rebootDeadlineMs } from './reboot-deadline.ts';
import type { Plan, StepContext } from './step.ts';

/**
 * Brings a unit back into operation that had to be taken out of it to be read. What was proven before stays proven, also where the
 * unit is not seen to leave DFU mode: then the job says what is left to do.
 */
export async function returnToService(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  { mode }: DeviceState,
): Promise<UpdateJob> {
  const { log, target, profile, signal, ask } = context;
  if (!profile.readsInUpdateMode || mode !== 'dfu') return job;
  const back = await target.reboot(rebootDeadlineMs(context, plan), signal, ask);
  // Stopped in the middle because the station closes: whoever resumes the job does this again.
  if (!back.ok && signal.aborted) return job;
  const detail = back.ok
    ? 'The unit was restarted, and runs its application.'
    : `Switch the unit off and on before it is used: it is still in DFU mode (${back.reason})`;
  return log.record(job, { checks: [log.check('back-in-operation', back.ok, detail)] });
}
