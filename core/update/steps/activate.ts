import type { ErrorCode } from '../../../contract/error-code.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import { findSlot } from '../../device/find-slot.ts';
import type { UpdateJob } from '../job.ts';
import { judge } from '../judge.ts';
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
  const { log, target, signal, ask } = context;
  const back = await target.reboot(rebootDeadlineMs(context, plan), signal, ask);
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
 * is asked what it runs and what it will boot, and where it does not answer nothing is claimed.
 */
async function judgeFailedMark(context: StepContext, plan: Plan, job: UpdateJob, refusal: Refusal): Promise<UpdateJob> {
  const { log, target } = context;
  const checks = [log.check('activate', false, refusal.reason)];
  const state = await target.readState();
  if (!state.ok) return log.move(job, 'indeterminate', { checks, code: refusal.code, reason: refusal.reason });
  const recorded = log.record(job, { checks });
  if (!standsStill(state.value, plan)) return log.move(recorded, 'testing');
  if (willBootTarget(state.value, plan)) return bootImage(context, plan, recorded);
  return endUnactivated(context, plan, recorded, refusal.code, refusal.reason);
}

/**
 * Closes a job whose image was never marked. The unit is brought back into operation first, and read once more: only what it
 * runs and announces after that is claimed.
 */
export async function endUnactivated(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  code: ErrorCode,
  reason: string,
): Promise<UpdateJob> {
  const { log, target, signal, ask } = context;
  const before = await target.readState();
  const announced = log.record(job, {
    checks: [log.check('restart', true, 'The image was not activated; the unit is restarted and read again.')],
  });
  if (before.ok && before.value.mode === 'dfu') await target.reboot(rebootDeadlineMs(context, plan), signal, ask);
  const after = await target.readState();
  if (!after.ok) return log.move(announced, 'indeterminate', { code: 'update.no-contact', reason: after.reason });
  if (!standsStill(after.value, plan)) return log.move(announced, 'testing');
  if (after.value.boot.swap !== 'none') {
    const pending = `The unit announces a ${after.value.boot.swap} swap for its next power-up.`;
    return log.move(announced, 'indeterminate', { code: 'update.swap-pending', reason: pending });
  }
  return log.move(announced, 'failed', { code, reason, versionAfter: plan.expectation.counterBefore });
}

/** The unit runs what it ran before, or nothing, and shows no sign of a test boot. */
export function standsStill(state: DeviceState, plan: Plan): boolean {
  const { kind } = judge(state, plan.expectation);
  return kind === 'not-booted' || kind === 'no-image';
}

/** True where the unit says that it will boot the target image next. */
export function willBootTarget(state: DeviceState, { expectation }: Plan): boolean {
  const staging = findSlot(state, expectation.slot, 'staging');
  return staging.ok && staging.value.state === 'pending' && staging.value.hash === expectation.targetHash;
}
