import type { DeviceState } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
import { willBootTarget } from './activate.ts';
import { rebootDeadlineMs } from './reboot-deadline.ts';
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
  const isOurs = willBootTarget(state, plan) || state.boot.swap === 'revert';
  if (!isOurs || sitting.bootResets > 0) return endPending(context, job, state);
  return resetAgain(
    context,
    plan,
    job,
    sitting,
    'The unit still awaits its swap: its reset was lost. It is reset again.',
  );
}

/** The unit is still in DFU mode and announces no swap: it is reset, and what it runs after that decides. */
export async function leaveUpdateMode(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  sitting: Sitting,
): Promise<Outcome> {
  return resetAgain(context, plan, job, sitting, 'The unit is still in DFU mode. It is reset, and read again.');
}

/** What the unit runs now is not what it runs after its next power-up: nothing is claimed. */
export function endPending(context: StepContext, job: UpdateJob, { boot }: DeviceState): Outcome {
  const reason = `The unit announces a ${boot.swap} swap for its next power-up and does not make it. Power-cycle it and resume the job.`;
  return settled(endUnknown(context, job, 'update.swap-pending', reason));
}

async function resetAgain(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  sitting: Sitting,
  detail: string,
): Promise<Outcome> {
  const { log, target, signal, ask } = context;
  sitting.bootResets += 1;
  const announced = log.record(job, { checks: [log.check('reset-again', true, detail)] });
  const back = await target.reboot(rebootDeadlineMs(context, plan), signal, ask);
  if (back.ok) return unsettled(announced);
  if (signal.aborted) return settled(announced);
  return settled(endUnknown(context, announced, 'update.no-contact', back.reason));
}
