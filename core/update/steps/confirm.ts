import type { SelfTestView } from '../../../contract/schema/device.ts';
import type { UpdateJob } from '../job.ts';
import { putBackOldFirmware } from './revert.ts';
import { settled, unsettled, type Outcome, type Plan, type Sitting, type StepContext } from './step.ts';

/** The new image runs, passed and is permanent: the job is done. */
export function endConfirmed({ log }: StepContext, plan: Plan, job: UpdateJob, selfTest: SelfTestView): Outcome {
  const { targetCounter, targetHash } = plan.expectation;
  const tests = selfTest.results.length;
  const isSilent = selfTest.state === 'not-reported';
  const proof = isSilent
    ? 'Units of this kind report no self-test; the new firmware made itself permanent, which stands for one.'
    : `${tests} of ${tests} tests passed.`;
  return settled(
    log.move(job, 'confirmed', {
      versionAfter: targetCounter,
      selfTest,
      code: null,
      reason: null,
      checks: [
        log.check(
          'running-version',
          true,
          `The unit runs security counter ${targetCounter}, image hash ${targetHash.slice(0, 8)}…, as it says itself.`,
        ),
        log.check(isSilent ? 'confirmed-by-unit' : 'self-test', true, proof),
        log.check('permanent', true, 'The new image is marked permanent.'),
      ],
    }),
  );
}

/**
 * The new image passed and is still on trial. Where the profile says so the station confirms it; otherwise the unit is given
 * until the deadline to do so itself.
 */
export async function confirmImage(
  context: StepContext,
  plan: Plan,
  job: UpdateJob,
  selfTest: SelfTestView,
  sitting: Sitting,
): Promise<Outcome> {
  const { log, target, profile } = context;
  if (sitting.overdue) {
    const reason =
      'The new firmware passed its self-test but was not made permanent in time; the old firmware is put back.';
    return putBackOldFirmware(context, plan, job, sitting, 'update.not-confirmed', reason, selfTest);
  }
  if (profile.confirmedBy === 'device') return unsettled(job);

  const confirming = job.state === 'confirming' ? job : log.move(job, 'confirming', { selfTest });
  const asked = await target.confirm();
  if (asked.ok) return unsettled(confirming);
  sitting.confirmFailures += 1;
  // It is asked again until the deadline; the first refusal tells what there is to tell.
  if (sitting.confirmFailures > 1) return unsettled(confirming);
  return unsettled(log.record(confirming, { checks: [log.check('confirm', false, asked.reason)] }));
}

/**
 * The unit made the new image permanent, and that it may stay is not proven: a reset would not bring the old one back, so a
 * person must decide. Never counted as confirmed.
 */
export function endKept(
  { log }: StepContext,
  plan: Plan,
  job: UpdateJob,
  selfTest: SelfTestView | null,
  why: string,
): Outcome {
  const reason = `The unit keeps the new firmware, but ${why}. Do not return it to service before it was tested by hand.`;
  return settled(
    log.move(job, 'failed', {
      versionAfter: plan.expectation.targetCounter,
      selfTest,
      code: 'update.kept-unproven',
      reason,
      checks: [log.check('self-test', false, reason)],
    }),
  );
}
