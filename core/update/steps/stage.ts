import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { refuse, RefusalError, type Refusal, type Result } from '../../../contract/result.ts';
import type { UpdateJob } from '../job.ts';
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

/**
 * Download to the staging slot and read-back compare (REQ-OTA-APP-01, -02). Moves ready → staging → staged, or ends the job.
 * The running slot is never written, so every way out of this step leaves the unit on its old firmware.
 */
export const stageImage: Step = async (context, plan, job) => {
  const { log, signal } = context;
  const staging = job.state === 'staging' ? job : log.move(job, 'staging');
  const attempts = plan.policy.retries.stage + 1;
  let current = staging;
  for (let attempt = 1; ; attempt += 1) {
    const written = await writeAndCompare(context, plan, current);
    if (written.ok) return log.move(current, 'staged', { checks: [readBackCheck(context, plan)] });
    if (signal.aborted) {
      // Stopped because the station closes: the job stays in `staging` and is resumed.
      if (!(signal.reason instanceof CancelledByOperator)) return current;
      return log.move(current, 'cancelled', {
        code: 'update.cancelled',
        reason: 'An operator cancelled the job while the image was being staged.',
      });
    }
    if (attempt >= attempts || !repeatable.has(written.code)) {
      return log.move(current, 'failed', {
        checks: [log.check('stage', false, written.reason)],
        code: written.code,
        reason: written.reason,
      });
    }
    current = log.record(current, {
      checks: [log.check('stage-attempt', false, `Attempt ${attempt} of ${attempts}: ${written.reason}`)],
    });
  }
};

function readBackCheck({ log, profile }: StepContext, plan: Plan): UpdateJob['checks'][number] {
  const { len } = plan.source.image;
  const how = profile.canReadBack
    ? 'read back from the staging slot; their SHA-256 is the manifest’s'
    : 'sent and acknowledged; this unit cannot upload, so they were not read back';
  return log.check('read-back', true, `${len} bytes ${how}.`);
}

async function writeAndCompare(context: StepContext, plan: Plan, job: UpdateJob): Promise<Result<void>> {
  const { target, progress, profile, signal } = context;
  const { image } = plan.source;
  const entered = await target.enterUpdateMode(signal);
  if (!entered.ok) return entered;
  const report = (phase: 'stage' | 'verify') => (doneBytes: number, totalBytes: number) =>
    progress({ jobId: job.id, phase, doneBytes, totalBytes });
  const staged = await withRefusals(() =>
    target.stage(image.slot, plan.source.open(), image.len, report('stage'), signal),
  );
  if (!staged.ok || !profile.canReadBack) return staged;

  const hash = createHash('sha256');
  const read = await target.readBack(image.slot, image.len, (bytes) => hash.update(bytes), report('verify'), signal);
  if (!read.ok) return read;
  const found = hash.digest('hex');
  if (found === image.hash) return read;
  return refuse(
    'update.read-back-mismatch',
    `The bytes read back from the staging slot have SHA-256 ${found} instead of ${image.hash}; the new image was not activated.`,
  );
}

/** The image source refuses by throwing into the stream that the target reads; here it becomes a value again. */
async function withRefusals(work: () => Promise<Result<void>>): Promise<Result<void>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal satisfies Refusal;
    throw error;
  }
}
