import type { ErrorCode } from '../../../contract/error-code.ts';
import type { SelfTestView } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
import { rebootDeadlineMs } from './reboot-deadline.ts';
import { settled, unsettled, type Outcome, type Plan, type Sitting, type StepContext } from './step.ts';

/**
 * Resets a unit that runs an unconfirmed test image, so that its boot loader puts the old firmware back
 * (MCUboot: primary magic good, image_ok unset, copy_done set → REVERT). Once decided it stays decided: a job that was interrupted
 * in the middle sends the reset again and never goes on to confirm.
 */
export async function putBackOldFirmware(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  sitting: Sitting,
  code: ErrorCode,
  reason: string,
  selfTest: SelfTestView | null = null,
): Promise<Outcome> {
  const { target, signal, ask } = context;
  if (plan.expectation.hashBefore === null) return endFailedRecovery(context, plan, job, reason, selfTest);
  if (sitting.revertResets > 0) {
    const stuck =
      'The unit was reset to put its old firmware back and still runs the new firmware on trial. Power-cycle it and resume the job.';
    return settled(endUnknown(context, job, 'update.not-reverted', stuck));
  }
  sitting.revertResets += 1;
  const reverting = announce(context, job, code, reason, selfTest);
  const back = await target.reboot(rebootDeadlineMs(context, plan), signal, ask);
  if (back.ok) return unsettled(reverting);
  if (signal.aborted) return settled(reverting);
  const lost = `The unit did not come back after the revert: ${back.reason}`;
  return settled(endUnknown(context, reverting, 'update.no-contact', lost));
}

/** The unit had no valid image before: its boot loader has nothing to put back, and a reset would only repeat the failure. */
function endFailedRecovery(
  { log }: StepContext,
  plan: Plan,
  job: UpdateJob,
  cause: string,
  selfTest: SelfTestView | null,
): Outcome {
  const reason = `There was no older firmware to put back, so the unit keeps running the one that failed (${cause}). Do not return it to service; its vendor must restore it.`;
  return settled(
    log.move(job, 'failed', {
      versionAfter: plan.expectation.targetCounter,
      code: 'update.recovery-failed',
      reason,
      ...(selfTest ? { selfTest } : {}),
      checks: [log.check('trial', false, reason)],
    }),
  );
}

/** The first decision names the cause; a later one only repeats its reset. */
function announce(
  { log }: StepContext,
  job: UpdateJob,
  code: ErrorCode,
  reason: string,
  selfTest: SelfTestView | null,
): UpdateJob {
  const change = {
    ...(job.puttingBack ? {} : { code, reason, puttingBack: true }),
    ...(selfTest ? { selfTest } : {}),
    checks: [log.check('trial', false, reason)],
  };
  return job.state === 'reverting' ? log.record(job, change) : log.move(job, 'reverting', change);
}

/** The old image runs again after a test boot of the new one. */
export function endReverted(context: StepContext, plan: Plan, job: UpdateJob, selfTest: SelfTestView): Outcome {
  const own = selfTest.results.length > 0 || job.selfTest === null ? selfTest : job.selfTest;
  return closeReverted(context, plan, job, own, true);
}

/** The old image runs, and the new one lies whole in the staging slot where the boot loader put it back. */
export function endWentBack(context: StepContext, plan: Plan, job: UpdateJob): Outcome {
  return closeReverted(context, plan, job, job.selfTest, true);
}

/** The old image runs and the unit tells of no test boot of the new one. */
export function endOnOldFirmware(context: StepContext, plan: Plan, job: UpdateJob): Outcome {
  if (job.state === 'testing' && !job.seenOnTrial) {
    const refused =
      'After the reset the unit runs its old firmware and reports no test boot: its boot loader refused the new image.';
    return closeOnOldFirmware(context, plan, job, 'failed', 'update.image-not-booted', refused, job.selfTest);
  }
  return closeReverted(context, plan, job, job.selfTest, job.seenOnTrial);
}

/** Says why the old firmware runs again, as far as unit and job know. */
function closeReverted(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  selfTest: SelfTestView | null,
  wasOnTrial: boolean,
): Outcome {
  const failing = failingTests(selfTest);
  const close = (code: ErrorCode, reason: string): Outcome =>
    closeOnOldFirmware(context, plan, job, 'reverted', code, reason, selfTest);
  if (failing.length > 0 || selfTest?.state === 'failed') {
    const named = failing.length > 0 ? failing.join(', ') : 'no test named';
    return close(
      'update.self-test-failed',
      `The new firmware failed its self-test on trial (${named}); the unit runs its old firmware again.`,
    );
  }
  if (job.puttingBack) return close('update.put-back', 'The old firmware was put back; the unit runs it again.');
  if (wasOnTrial) {
    return close(
      'update.trial-ended',
      'The unit booted the new firmware on trial, ended the trial without a failed self-test and runs its old firmware.',
    );
  }
  return close(
    'update.no-contact',
    'The unit runs its old firmware again; it no longer says whether it ever booted the new one.',
  );
}

function failingTests(selfTest: SelfTestView | null): readonly string[] {
  return (selfTest?.results ?? []).filter((result) => !result.passed).map((result) => result.name);
}

function closeOnOldFirmware(
  { log }: StepContext,
  plan: Plan,
  job: UpdateJob,
  to: 'reverted' | 'failed',
  code: ErrorCode,
  reason: string,
  selfTest: SelfTestView | null,
): Outcome {
  const { counterBefore } = plan.expectation;
  return settled(
    log.move(job, to, {
      // The first cause stays: a revert that this station asked for keeps the reason it was asked for.
      ...(job.code === null || job.state === 'indeterminate' ? { code, reason } : {}),
      versionAfter: counterBefore,
      selfTest,
      checks: [log.check('running-version', true, `${reason} Security counter ${String(counterBefore)}.`)],
    }),
  );
}

/** No one knows what the unit runs: said so, kept open, and resumed when the unit is heard of again (REQ-OTA-TST-02). */
export function endUnknown({ log }: StepContext, job: UpdateJob, code: ErrorCode, reason: string): UpdateJob {
  const change = { code, reason, checks: [log.check('contact', false, reason)] };
  return job.state === 'indeterminate' ? log.record(job, change) : log.move(job, 'indeterminate', change);
}
