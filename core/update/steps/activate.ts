import type { Refusal } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
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
  const { log, target, profile, signal } = context;
  const deadlineMs = Math.min(profile.rebootDeadlineMs, plan.policy.timeouts.rebootSeconds * 1000);
  const back = await target.reboot(deadlineMs, signal);
  if (!back.ok) {
    return log.move(job, 'indeterminate', {
      checks: [log.check('contact-after-reset', false, back.reason)],
      code: back.code === 'device.no-contact' ? 'update.no-contact' : back.code,
      reason: back.reason,
    });
  }
  return log.move(job, 'testing', {
    checks: [
      log.check(
        'contact-after-reset',
        true,
        `The unit is back at position ${job.position} with serial ${job.serial ?? '?'}.`,
      ),
    ],
  });
};

/**
 * The mark was asked for and its answer is missing or bad. Whether it was made decides what the next power-up does, so the unit
 * is asked, and where it does not answer nothing is claimed.
 */
async function judgeFailedMark(context: StepContext, plan: Plan, job: UpdateJob, refusal: Refusal): Promise<UpdateJob> {
  const { log, target } = context;
  const checks = [log.check('activate', false, refusal.reason)];
  const state = await target.readState();
  if (!state.ok) return log.move(job, 'indeterminate', { checks, code: refusal.code, reason: refusal.reason });
  if (isPending(state.value, plan, context)) return bootImage(context, plan, log.record(job, { checks }));
  return log.move(job, 'failed', {
    checks,
    code: refusal.code,
    reason: refusal.reason,
    versionAfter: plan.expectation.counterBefore,
  });
}

/** True where the unit says that it will boot the target image next. */
export function isPending(state: DeviceState, plan: Plan, { profile }: StepContext): boolean {
  const staging = profile.slots[plan.source.image.slot]?.staging;
  const slot = state.slots.find((candidate) => candidate.alternate === staging);
  return slot?.state === 'pending' && slot.hash === plan.expectation.targetHash;
}
