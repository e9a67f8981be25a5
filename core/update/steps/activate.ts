import type { Refusal } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
import { endBeforeActivation } from './stage.ts';
import type { Plan, Step, StepContext } from './step.ts';

/**
 * Marks the staging slot pending, resets, and waits for the same unit at the same position (REQ-OTA-APP-03).
 * Moves staged → activating → testing, or to `indeterminate` where the unit does not come back (REQ-OTA-TST-02).
 */
export const activateImage: Step = async (context, plan, job) => {
  const { log, target } = context;
  const activating = job.state === 'activating' ? job : log.move(job, 'activating');
  const pending = await target.markPending(plan.source.image.slot);
  if (!pending.ok) return judgeFailedMark(context, plan, activating, pending);
  return bootImage(context, plan, activating);
};

/** Resets a unit whose staging slot is marked pending. */
export const bootImage: Step = async (context, plan, job) => {
  const { log, target, signal } = context;
  const back = await target.reboot(rebootDeadlineMs(context, plan), signal);
  // Stopped in the middle because the station closes: the job goes on from here when it is resumed.
  if (!back.ok && signal.aborted) return job;
  if (!back.ok) {
    return log.move(job, 'indeterminate', {
      checks: [log.check('contact-after-reset', false, back.reason)],
      code: back.code === 'device.no-contact' ? 'update.no-contact' : back.code,
      reason: back.reason,
    });
  }
  const detail = `The unit is back at position ${job.position} with serial ${job.serial ?? '?'}.`;
  return log.move(job, 'testing', { checks: [log.check('contact-after-reset', true, detail)] });
};

/** The shorter of what the profile allows the unit and what the policy allows its product. */
export function rebootDeadlineMs({ profile }: StepContext, { policy }: Plan): number {
  return Math.min(profile.rebootDeadlineMs, policy.timeouts.rebootSeconds * 1000);
}

/**
 * The mark was asked for and its answer is missing or bad. Whether it was made decides what the next power-up does, so the unit
 * is asked, and where it does not answer nothing is claimed.
 */
async function judgeFailedMark(context: StepContext, plan: Plan, job: UpdateJob, refusal: Refusal): Promise<UpdateJob> {
  const { log, target } = context;
  const checks = [log.check('activate', false, refusal.reason)];
  const state = await target.readState();
  if (!state.ok) return log.move(job, 'indeterminate', { checks, code: refusal.code, reason: refusal.reason });
  if (willBootTarget(state.value, plan, context)) return bootImage(context, plan, log.record(job, { checks }));
  if (state.value.boot.swap !== 'none') {
    const reason = `The unit announces a ${state.value.boot.swap} swap that this job did not ask for.`;
    return log.move(job, 'indeterminate', { checks, code: 'update.unexpected-image', reason });
  }
  const versionAfter = plan.expectation.counterBefore;
  return endBeforeActivation(context, job, 'failed', {
    checks,
    code: refusal.code,
    reason: refusal.reason,
    versionAfter,
  });
}

/** True where the unit says that it will boot the target image next. */
export function willBootTarget(state: DeviceState, plan: Plan, { profile }: StepContext): boolean {
  const staging = profile.slots[plan.source.image.slot]?.staging;
  const slot = state.slots.find((candidate) => candidate.alternate === staging);
  return slot?.state === 'pending' && slot.hash === plan.expectation.targetHash;
}
