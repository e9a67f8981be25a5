import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { accept, refuse, RefusalError, type Result } from '../../../contract/result.ts';
import type { TransferProgress } from '../../device/update-target.ts';
import type { JobChange, UpdateJob } from '../job.ts';
import { CancelledByOperator, type Plan, type Step, type StepContext } from './step.ts';

/** Faults of the bus after which sending the image again is safe: the staging slot is rewritten from its start. */
const repeatable: ReadonlySet<string> = new Set<ErrorCode>([
  'device.timeout',
  'device.stalled',
  'device.transfer-failed',
  'device.busy-too-long',
  'device.err-write',
  'device.err-erase',
  'device.err-prog',
  'device.err-verify',
  'device.err-stalledpkt',
  'update.read-back-mismatch',
]);

const lostUnit: ReadonlySet<string> = new Set<ErrorCode>(['device.unplugged', 'device.not-found']);

/**
 * Download to the staging slot and read-back compare (REQ-OTA-APP-01, -02). Moves ready → staging → staged, or ends the job.
 * The running slot is never written and nothing is activated, so every way out of this step leaves the unit on its old firmware.
 */
export const stageImage: Step = async (context, plan, job) => {
  const { log, signal } = context;
  const attempts = plan.policy.retries.stage + 1;
  let current = job.state === 'staging' ? job : log.move(job, 'staging');
  for (let attempt = 1; ; attempt += 1) {
    const written = await writeAndCompare(context, plan, current);
    if (written.ok) return log.move(current, 'staged', { checks: [writtenCheck(context, plan)] });
    if (signal.aborted) return stopStaged(context, current);
    if (attempt >= attempts || !mayRepeat(context, written.code)) {
      const checks = [log.check('stage', false, written.reason)];
      return endBeforeActivation(context, current, 'failed', { checks, code: written.code, reason: written.reason });
    }
    const detail = `Attempt ${attempt} of ${attempts}: ${written.reason}`;
    current = log.record(current, { checks: [log.check('stage-attempt', false, detail)] });
  }
};

/** A unit that sits in its ROM is asked for again where it was lost: it has nothing else that it could be left with. */
function mayRepeat({ profile }: StepContext, code: ErrorCode): boolean {
  return repeatable.has(code) || (profile.isRecoveryOnly && lostUnit.has(code));
}

/** Ends a job whose signal was aborted: cancelled by a person, or left as it is where the station closes and will resume it. */
export async function stopStaged(context: StepContext, job: UpdateJob): Promise<UpdateJob> {
  const cause: unknown = context.signal.reason;
  if (!(cause instanceof CancelledByOperator)) return job;
  const kept = context.profile.isRecoveryOnly ? '' : '; the unit keeps its old firmware';
  const reason = `An operator cancelled the job before its activation${kept}.`;
  const named = { ...context, log: context.log.actingAs(cause.operator) };
  return endBeforeActivation(named, job, 'cancelled', { code: 'update.cancelled', reason });
}

/** Closes a job whose image was not activated, and first brings the unit back into operation where it was taken out of it. */
export async function endBeforeActivation(
  context: StepContext,
  job: UpdateJob,
  to: 'failed' | 'cancelled',
  change: JobChange,
): Promise<UpdateJob> {
  const { log, target, profile } = context;
  if (profile.isRecoveryOnly) return log.move(job, to, { ...change, reason: `${change.reason ?? ''} ${noFirmware}` });
  const isInDfuMode = await isInUpdateMode(context);
  if (!isInDfuMode.ok) return log.move(job, to, { ...change, reason: `${powerCycle} ${change.reason ?? ''}` });
  if (!isInDfuMode.value) return log.move(job, to, change);
  const announced = log.record(job, {
    checks: [log.check('restart', true, 'Nothing was activated; the unit is restarted so that it leaves DFU mode.')],
  });
  const back = await target.reboot(profile.rebootDeadlineMs);
  if (back.ok) return log.move(announced, to, change);
  return log.move(announced, to, { ...change, reason: `${powerCycle} ${change.reason ?? ''}` });
}

/** Nobody takes a unit out of operation only to see whether it is in it. */
async function isInUpdateMode({ target, profile }: StepContext): Promise<Result<boolean>> {
  if (profile.readsInUpdateMode) {
    const mode = await target.identify();
    return mode.ok ? accept(mode.value === 'dfu') : mode;
  }
  const state = await target.readState();
  return state.ok ? accept(state.value.mode === 'dfu') : state;
}

const noFirmware =
  'The unit holds no firmware that was verified; its ROM boot loader is still there, so start the recovery again.';

const powerCycle = 'Power-cycle the unit to bring it back into operation.';

function writtenCheck({ log, profile }: StepContext, plan: Plan): UpdateJob['checks'][number] {
  const { len } = plan.source.image;
  if (profile.pendingBy === 'manifestation') {
    const detail = `${len} bytes sent and acknowledged; the write ends with the activation${profile.canReadBack ? ', and is read back then' : ''}.`;
    return log.check('sent', true, detail);
  }
  const how = profile.canReadBack
    ? 'read back from the staging slot; their SHA-256 is the manifest’s'
    : 'sent and acknowledged; this unit cannot upload, so they were not read back';
  return log.check('read-back', true, `${len} bytes ${how}.`);
}

async function writeAndCompare(context: StepContext, plan: Plan, job: UpdateJob): Promise<Result<void>> {
  const { target, profile, signal, ask } = context;
  const { image } = plan.source;
  const entered = await target.enterUpdateMode(signal, ask);
  if (!entered.ok) return entered;
  const report = reportPhase(context, job, 'stage');
  const staged = await withRefusals(() => target.stage(image.slot, plan.source.open(), image.len, report, signal));
  if (!staged.ok || !profile.canReadBack || profile.pendingBy === 'manifestation') return staged;
  return compareStaged(context, plan, job);
}

/** Reads the staged bytes back and compares them, by their SHA-256, with the manifest's (REQ-OTA-APP-02). */
export async function compareStaged(context: StepContext, plan: Plan, job: UpdateJob): Promise<Result<void>> {
  const { target, signal } = context;
  const { image } = plan.source;
  const hash = createHash('sha256');
  const report = reportPhase(context, job, 'verify');
  // The image's bytes alone: behind them may stand the tail of an older one.
  const read = await target.readBack(image.slot, image.len, (bytes) => hash.update(bytes), report, signal);
  if (!read.ok) return read;
  const found = hash.digest('hex');
  if (found === image.hash) return read;
  return refuse(
    'update.read-back-mismatch',
    `The bytes read back from the staging slot have SHA-256 ${found} instead of ${image.hash}; the new image was not activated.`,
  );
}

function reportPhase({ progress }: StepContext, job: UpdateJob, phase: 'stage' | 'verify'): TransferProgress {
  return (doneBytes, totalBytes) => progress({ jobId: job.id, phase, doneBytes, totalBytes });
}

/** The image source refuses by throwing into the stream that the target reads; here it becomes a value again. */
async function withRefusals(work: () => Promise<Result<void>>): Promise<Result<void>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}
