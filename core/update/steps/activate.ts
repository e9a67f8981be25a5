import type { ErrorCode } from '../../../contract/error-code.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import { findSlot } from '../../device/find-slot.ts';
import type { UpdateJob } from '../job.ts';
import { judge } from '../judge.ts';
import { readUnitState } from './read-unit.ts';
import { rebootDeadlineMs } from './reboot-deadline.ts';
import { returnToService } from './return-to-service.ts';
import { compareStaged } from './stage.ts';
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
  if (!comparesAfterMark(context)) return bootImage(context, plan, activating);
  const compared = await compareStaged(context, plan, activating);
  if (context.signal.aborted) return activating;
  const checks = [log.check('read-back', compared.ok, compared.ok ? comparedDetail(plan) : compared.reason)];
  const recorded = log.record(activating, { checks });
  if (compared.ok) return bootImage(context, plan, recorded);
  return endUnactivated(context, plan, recorded, compared.code, compared.reason);
};

/** Where the end of the write marks the image, it can be read back only now. */
function comparesAfterMark({ profile }: StepContext): boolean {
  return profile.pendingBy === 'manifestation' && profile.canReadBack;
}

function comparedDetail({ source }: Plan): string {
  return `${source.image.len} bytes read back from the staging slot; their SHA-256 is the manifest’s.`;
}

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

/**
 * The mark was asked for and its answer is missing or bad. Whether it was made decides what the next power-up does, so the unit
 * is asked what it runs and what it will boot, and where it does not answer nothing is claimed.
 */
async function judgeFailedMark(context: StepContext, plan: Plan, job: UpdateJob, refusal: Refusal): Promise<UpdateJob> {
  const { log } = context;
  const checks = [log.check('activate', false, refusal.reason)];
  const state = await readUnitState(context);
  if (!state.ok) return log.move(job, 'indeterminate', { checks, code: refusal.code, reason: refusal.reason });
  const permanent = refusal.code === 'device.marked-permanent';
  // An image that skips its test boot is never counted as proven, whatever it does.
  const distrust = permanent ? ({ code: refusal.code, reason: refusal.reason, puttingBack: true } as const) : {};
  const recorded = log.record(job, { ...distrust, checks });
  if (permanent) return log.move(recorded, 'indeterminate', { code: refusal.code, reason: markedPermanent });
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
  const before = await readUnitState(context);
  const announced = log.record(job, {
    checks: [log.check('restart', true, 'The image was not activated; the unit is restarted and read again.')],
  });
  if (before.ok && awaitsBoot(context, before.value)) {
    await target.reboot(rebootDeadlineMs(context, plan), signal, ask);
  }
  const after = await readUnitState(context);
  if (!after.ok) return log.move(announced, 'indeterminate', { code: 'update.no-contact', reason: after.reason });
  if (!standsStill(after.value, plan)) return log.move(announced, 'testing');
  if (after.value.boot.swap !== 'none') {
    const pending = `The unit announces a ${after.value.boot.swap} swap for its next power-up.`;
    return log.move(announced, 'indeterminate', { code: 'update.swap-pending', reason: pending });
  }
  const back = await returnToService(context, plan, announced, after.value);
  return log.move(back, 'failed', { code, reason, versionAfter: plan.expectation.counterBefore });
}

/** A unit whose slots are read in DFU mode runs its application meanwhile; it needs a boot only where that would change something. */
function awaitsBoot({ profile }: StepContext, { boot, mode }: DeviceState): boolean {
  return profile.readsInUpdateMode ? boot.swap !== 'none' : mode === 'dfu';
}

const markedPermanent =
  'The unit marked the new image permanent by itself: its next power-up installs it without a test boot and without a way back. Its firmware must be set to mark updates for a test. Leave it switched on, and ask its vendor; or switch it off and on and resume the job, to learn what it runs.';

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
