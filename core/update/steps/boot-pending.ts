import type { DeviceState } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
import { rebootDeadlineMs, willBootTarget } from './activate.ts';
import { endUnknown } from './revert.ts';
import { settled, unsettled, type Outcome, type Plan, type Sitting, type StepContext } from './step.ts';

/**
 * The unit answers and has not made the swap that it announces: its reset was lost. It is reset once more, because a job that is
 * closed here would leave the new firmware to boot, unwatched, at the next power-up.
 */
export async function bootPending(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  state: DeviceState,
  sitting: Sitting,
): Promise<Outcome> {
  const { log, target, signal } = context;
  const isOurs = willBootTarget(state, plan, context) || state.boot.swap === 'revert';
  if (!isOurs || sitting.resets > 0) {
    const reason = `The unit announces a ${state.boot.swap} swap for its next power-up and does not make it. Power-cycle it and resume the job.`;
    return settled(endUnknown(context, job, 'update.swap-pending', reason));
  }
  sitting.resets += 1;
  const detail = 'The unit still awaits its swap: its reset was lost. It is reset again.';
  const announced = log.record(job, { checks: [log.check('reset-again', true, detail)] });
  const back = await target.reboot(rebootDeadlineMs(context, plan), signal);
  if (back.ok) return unsettled(announced);
  if (signal.aborted) return settled(announced);
  return settled(endUnknown(context, announced, 'update.no-contact', back.reason));
}
