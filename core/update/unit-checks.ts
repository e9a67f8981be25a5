import { refuse, type Result } from '../../contract/result.ts';
import { missingProtectionWords, type DeviceState } from '../../contract/schema/device.ts';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { TargetProfile } from '../device/update-target.ts';
import { found, type Finding } from './check-list.ts';
import type { UpdateJob } from './job.ts';
import type { StepContext } from './steps/step.ts';

/** What a kind of unit does not give is weighed by those who approve, and stands in every job. */
export function describeProtections({ profile }: Pick<StepContext, 'profile'>): Result<Finding<void>> {
  const missing = profile.missingProtections;
  const what = missing.map((protection) => missingProtectionWords[protection]).join(' ');
  return found(undefined, missing.length === 0 ? 'Units of this kind lack no protection.' : what);
}

/** A test that the policy requires by name can be passed only where the unit tells of its tests (REQ-OTA-POL-01). */
export function checkSelfTestKnown({ selfTest }: PolicyDocument, state: DeviceState): Result<Finding<void>> {
  if (state.selfTest.state !== 'not-reported') return found(undefined, 'The unit reports its self-test.');
  if (selfTest.required.length === 0) {
    return found(undefined, 'The unit reports no self-test, and the policy requires none by name.');
  }
  const reason = `The policy requires the self-tests ${selfTest.required.join(', ')}, and units of this kind report none.`;
  return refuse('update.self-test-unreported', reason, { required: selfTest.required.join(', ') });
}

/** A unit in the middle of another test boot would revert over what is staged now, and with any reset. */
export function checkSettled({ boot, mode, slots }: DeviceState): Result<Finding<void>> {
  if (mode === 'bootloader') return found(undefined, 'The unit is in its boot loader without a bootable image.');
  const staging = slots.find((slot) => slot.role === 'staging');
  if (!boot.imageOk && (staging?.state === 'empty' || staging?.state === 'invalid')) {
    // MCUboot would revert to whatever stands in the staging slot, marked or not: nothing may be written there.
    return refuse(
      'update.unit-unsettled',
      'The unit runs an image on trial and holds no older one; what is written now would boot unwatched at a power-up. Its vendor must restore it.',
    );
  }
  if (boot.swap !== 'none') {
    return refuse('update.unit-unsettled', `The unit has a ${boot.swap} swap pending; power-cycle it and start again.`);
  }
  if (!boot.imageOk) {
    return refuse(
      'update.unit-unsettled',
      'The unit runs an image on trial that was never confirmed; power-cycle it, so that it reverts, and start again.',
    );
  }
  const running = slots.find((slot) => slot.role === 'running');
  return found(
    undefined,
    `The running image (security counter ${String(running?.counter ?? null)}) is confirmed and no swap is pending.`,
  );
}

/** Where there is one slot and no way back, a job is a recovery with an approval of its own, or none. */
export function checkKind(job: UpdateJob, profile: TargetProfile): Result<Finding<void>> {
  if (!profile.isRecoveryOnly || job.kind === 'recovery')
    return found(undefined, `The job is of the kind ${job.kind}.`);
  return refuse(
    'update.recovery-only',
    `The unit sits in a boot loader without a second slot (profile ${profile.id}); it is only ever written by a recovery, which needs an approval of that kind. Nothing was written.`,
  );
}
