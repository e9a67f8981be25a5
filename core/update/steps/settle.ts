import type { UpdateJob } from '../job.ts';
import { judge, type Verdict } from '../judge.ts';
import { confirmImage, endConfirmed, endKept } from './confirm.ts';
import { endOnOldFirmware, endReverted, endUnknown, putBackOldFirmware } from './revert.ts';
import { settled, unsettled, type Outcome, type Plan, type Step, type StepContext } from './step.ts';

/** How often the unit is asked while its self-test runs. */
const POLL_INTERVAL_MS = 250;

/**
 * Reads the unit until its fate is known, then confirms or puts the old firmware back (REQ-OTA-APP-03, REQ-OTA-TST-01).
 * Starts from testing, confirming, reverting and indeterminate alike, so that an interrupted job goes on from what the unit says.
 */
export const settleOutcome: Step = async (context, plan, job) => {
  const { clock, target, profile, signal } = context;
  const deadlineMs = Math.min(profile.selfTestDeadlineMs, plan.policy.selfTest.timeoutSeconds * 1000);
  const startedMs = clock.monotonicMs();
  let current = job;
  for (;;) {
    const overdue = clock.monotonicMs() - startedMs > deadlineMs;
    const state = await target.readState();
    if (state.ok && state.value.serial !== current.serial) {
      const reason = `The unit at position ${current.position} now says it is ${state.value.serial}; the job was for ${current.serial ?? '?'}.`;
      return endUnknown(context, current, 'update.other-unit', reason);
    }
    if (!state.ok && overdue) {
      return endUnknown(
        context,
        current,
        'update.no-contact',
        `The unit did not answer after its activation: ${state.reason}`,
      );
    }
    if (state.ok) {
      const outcome = await act(context, plan, current, judge(state.value, plan.expectation), overdue);
      current = outcome.job;
      if (outcome.settled) return current;
    }
    if (signal.aborted) return current;
    await clock.sleep(POLL_INTERVAL_MS);
  }
};

async function act(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  verdict: Verdict,
  overdue: boolean,
): Promise<Outcome> {
  if (context.putBack && isOnTrial(verdict) && job.state !== 'reverting') {
    return putBackOldFirmware(context, job, 'update.put-back', 'An operator put the old firmware back.');
  }
  switch (verdict.kind) {
    case 'wait':
      if (!overdue) return unsettled(resumeTesting(context, job));
      return putBackOldFirmware(
        context,
        job,
        'update.self-test-timeout',
        'The new firmware gave no self-test result in time; the old firmware is put back.',
      );
    case 'passed':
      if (verdict.permanent) return endConfirmed(context, plan, job, verdict.selfTest);
      return confirmImage(context, job, verdict.selfTest, overdue);
    case 'failed':
      if (verdict.permanent)
        return endKept(
          context,
          plan,
          job,
          verdict.selfTest,
          `these self-tests failed or are missing: ${named(verdict.failing)}`,
        );
      if (plan.policy.onSelfTestFailure === 'hold' && job.state === 'testing')
        return hold(context, job, verdict.failing);
      return putBackOldFirmware(
        context,
        job,
        'update.self-test-failed',
        `The new firmware failed its self-test (${named(verdict.failing)}); the old firmware is put back.`,
        verdict.selfTest,
      );
    case 'kept':
      return endKept(
        context,
        plan,
        job,
        null,
        'the results of its self-test were lost before this station could read them',
      );
    case 'reverted':
      return endReverted(context, plan, job, verdict.selfTest);
    case 'not-booted':
      return endOnOldFirmware(context, plan, job);
    case 'no-image':
      return settled(
        endUnknown(
          context,
          job,
          'update.no-bootable-image',
          'The unit answers from its boot loader and has no bootable image; bring it back with a recovery job.',
        ),
      );
    case 'unexpected':
      return settled(
        endUnknown(
          context,
          job,
          'update.unexpected-image',
          `After the reset the unit runs security counter ${String(verdict.counter)}, hash ${verdict.hash ?? 'none'}: neither the old firmware nor the new one.`,
        ),
      );
  }
}

/** A unit that was out of contact and now runs the new image is in its test boot again. */
function resumeTesting({ log }: StepContext, job: UpdateJob): UpdateJob {
  if (job.state !== 'indeterminate') return job;
  return log.move(job, 'testing', {
    code: null,
    reason: null,
    checks: [log.check('contact-again', true, 'The unit answers again and runs the new firmware on trial.')],
  });
}

/** The policy wants the failed image left running for a person to look at; `update.revert` goes on from here. */
function hold({ log }: StepContext, job: UpdateJob, failing: readonly string[]): Outcome {
  const reason = `The new firmware failed its self-test (${named(failing)}); the product's policy holds the unit on trial for inspection.`;
  return settled(
    log.record(job, { code: 'update.self-test-failed', reason, checks: [log.check('self-test', false, reason)] }),
  );
}

function named(failing: readonly string[]): string {
  return failing.length > 0 ? failing.join(', ') : 'no test named';
}

/** The new image runs and is not permanent: a reset brings the old one back. */
function isOnTrial(verdict: Verdict): boolean {
  return verdict.kind === 'wait' || ((verdict.kind === 'passed' || verdict.kind === 'failed') && !verdict.permanent);
}
