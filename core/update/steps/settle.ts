import type { ErrorCode } from '../../../contract/error-code.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import { findSlot } from '../../device/find-slot.ts';
import type { UpdateJob } from '../job.ts';
import { judge, type Verdict } from '../judge.ts';
import { confirmImage, endConfirmed, endKept } from './confirm.ts';
import { bootPending, endPending, leaveUpdateMode } from './boot-pending.ts';
import { readUnitState } from './read-unit.ts';
import { returnToService } from './return-to-service.ts';
import { endOnOldFirmware, endReverted, endUnknown, endWentBack, putBackOldFirmware } from './revert.ts';
import { settled, unsettled, type Outcome, type Plan, type Sitting, type Step, type StepContext } from './step.ts';

/** How often the unit is asked while its self-test runs. */
const POLL_INTERVAL_MS = 250;

/**
 * Reads the unit until its fate is known, then confirms or puts the old firmware back (REQ-OTA-APP-03, REQ-OTA-TST-01).
 * Starts from testing, confirming, reverting and indeterminate alike, so that an interrupted job goes on from what the unit says.
 */
export const settleOutcome: Step = async (context, plan, job) => {
  const { clock, profile, signal } = context;
  const deadlineMs = Math.min(profile.selfTestDeadlineMs, plan.policy.selfTest.timeoutSeconds * 1000);
  const startedMs = clock.monotonicMs();
  const sitting: Sitting = { overdue: false, bootResets: 0, revertResets: 0, confirmFailures: 0 };
  let current = job;
  for (;;) {
    sitting.overdue = clock.monotonicMs() - startedMs > deadlineMs;
    const state = await readUnitState(context);
    if (state.ok && state.value.serial !== current.serial) {
      const reason = `The unit at position ${current.position} now says it is ${state.value.serial}; the job was for ${current.serial ?? '?'}.`;
      return endUnknown(context, current, 'update.other-unit', reason);
    }
    if (!state.ok && sitting.overdue) {
      const reason = `The unit did not answer after its activation: ${state.reason}`;
      return endUnknown(context, current, 'update.no-contact', reason);
    }
    if (state.ok) {
      const outcome = await act(context, plan, current, state.value, sitting);
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
  before: UpdateJob,
  state: DeviceState,
  sitting: Sitting,
): Promise<Outcome> {
  const verdict = judge(state, plan.expectation);
  const job = isOnTrial(verdict) ? noteTrial(context, before) : before;
  if (job.puttingBack && isOnTrial(verdict)) {
    const reason = 'The old firmware was ordered back, and the unit still runs the new one on trial.';
    return putBackOldFirmware(context, plan, job, sitting, 'update.put-back', reason);
  }
  switch (verdict.kind) {
    case 'wait': {
      if (!sitting.overdue) return unsettled(resumeTesting(context, job));
      return putBackOverdue(context, plan, job, state, sitting);
    }
    case 'passed':
      if (!verdict.permanent) return confirmImage(context, plan, job, verdict.selfTest, sitting);
      if (isPending(state)) return endPending(context, job, state);
      return end(context, plan, job, state, (back) => {
        if (!job.puttingBack) return endConfirmed(context, plan, back, verdict.selfTest);
        return endKept(context, plan, back, verdict.selfTest, 'it made it permanent although it was not to stay');
      });
    case 'failed': {
      if (verdict.permanent) {
        if (isPending(state)) return endPending(context, job, state);
        const why = `these self-tests failed or are missing: ${named(verdict.failing)}`;
        return end(context, plan, job, state, (back) => endKept(context, plan, back, verdict.selfTest, why));
      }
      if (plan.policy.onSelfTestFailure === 'hold') return hold(context, resumeTesting(context, job), verdict);
      const reason = `The new firmware failed its self-test (${named(verdict.failing)}); the old firmware is put back.`;
      return putBackOldFirmware(context, plan, job, sitting, 'update.self-test-failed', reason, verdict.selfTest);
    }
    case 'kept': {
      if (isPending(state)) return endPending(context, job, state);
      const why = 'the results of its self-test were lost before this station could read them';
      return end(context, plan, job, state, (back) => endKept(context, plan, back, null, why));
    }
    case 'reverted':
    case 'not-booted':
    case 'no-image':
      // A unit that will swap at its next power-up is not on its old firmware for good, whatever it runs now.
      if (state.boot.swap !== 'none') return bootPending(context, plan, job, state, sitting);
      if (awaitsReset(context, state) && sitting.bootResets === 0) return leaveUpdateMode(context, plan, job, sitting);
      if (verdict.kind === 'reverted') {
        return end(context, plan, job, state, (back) => endReverted(context, plan, back, verdict.selfTest));
      }
      if (verdict.kind === 'not-booted') {
        const wentBack = holdsTargetUnmarked(state, plan);
        return end(context, plan, job, state, (back) =>
          wentBack ? endWentBack(context, plan, back) : endOnOldFirmware(context, plan, back),
        );
      }
      return unknown(
        context,
        job,
        'update.no-bootable-image',
        'The unit answers from its boot loader and has no bootable image; give the job up and start a recovery.',
      );
    case 'unexpected': {
      const reason = `After the reset the unit runs security counter ${String(verdict.counter)}, hash ${verdict.hash ?? 'none'}: neither the old firmware nor the new one.`;
      return unknown(context, job, 'update.unexpected-image', reason);
    }
  }
}

/** Closes a job, once the unit is back in operation as far as it can be brought there. */
async function end(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  state: DeviceState,
  close: (back: UpdateJob) => Outcome,
): Promise<Outcome> {
  const back = await returnToService(context, plan, job, state);
  return context.signal.aborted ? unsettled(back) : close(back);
}

function putBackOverdue(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  { selfTest }: DeviceState,
  sitting: Sitting,
): Promise<Outcome> {
  const isSilent = selfTest.state === 'not-reported';
  const what = isSilent ? 'did not make itself permanent in time' : 'gave no self-test result in time';
  const code = isSilent ? 'update.not-confirmed' : 'update.self-test-timeout';
  const reason = `The new firmware ${what}; the old firmware is put back.`;
  return putBackOldFirmware(context, plan, job, sitting, code, reason);
}

/** In DFU mode it awaits a reset and has not come to boot anything yet; not so where only DFU mode lets its slots be read. */
function awaitsReset({ profile }: StepContext, { mode }: DeviceState): boolean {
  return mode === 'dfu' && !profile.readsInUpdateMode;
}

/**
 * A boot loader erases what it refuses, and puts back where it came from what it tried: the new image in the staging slot, whole and
 * no longer marked, was booted on trial. Only a unit that reports no test boot is judged by that.
 */
function holdsTargetUnmarked(state: DeviceState, { expectation }: Plan): boolean {
  const staging = findSlot(state, expectation.slot, 'staging');
  if (!staging.ok || state.selfTest.state !== 'not-reported') return false;
  return staging.value.state === 'image' && staging.value.hash === expectation.targetHash;
}

/** The new image runs and is not permanent: a reset brings the old one back. */
function isOnTrial(verdict: Verdict): boolean {
  return verdict.kind === 'wait' || ((verdict.kind === 'passed' || verdict.kind === 'failed') && !verdict.permanent);
}

/** Remembers that the unit was seen to boot the new image, so that its end is never told as a boot that was refused. */
function noteTrial({ log }: StepContext, job: UpdateJob): UpdateJob {
  if (job.seenOnTrial) return job;
  const checks = [log.check('on-trial', true, 'The unit booted the new firmware and runs it on trial.')];
  return log.record(job, { seenOnTrial: true, checks });
}

/** A unit that announces another swap does not keep what it runs now. */
function isPending({ boot }: DeviceState): boolean {
  return boot.swap === 'test' || boot.swap === 'perm';
}

/** A unit that was out of contact and now runs the new image is in its test boot again. */
function resumeTesting({ log }: StepContext, job: UpdateJob): UpdateJob {
  if (job.state !== 'indeterminate') return job;
  const checks = [log.check('contact-again', true, 'The unit answers again and runs the new firmware on trial.')];
  return log.move(job, 'testing', { code: null, reason: null, checks });
}

/** The policy wants the failed image left running for a person to look at; `update.revert` goes on from here. */
function hold({ log }: StepContext, job: UpdateJob, { failing, selfTest }: Verdict & { kind: 'failed' }): Outcome {
  const reason = `The new firmware failed its self-test (${named(failing)}); the product's policy holds the unit on trial for inspection.`;
  const checks = [log.check('self-test', false, reason)];
  return settled(log.record(job, { code: 'update.self-test-failed', reason, selfTest, checks }));
}

function unknown(context: StepContext, job: UpdateJob, code: ErrorCode, reason: string): Outcome {
  return settled(endUnknown(context, job, code, reason));
}

function named(failing: readonly string[]): string {
  return failing.length > 0 ? failing.join(', ') : 'no test named';
}
