import { refuse, RefusalError, type Result } from '../../contract/result.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { Clock } from '../ports.ts';
import { CheckList, found, type Finding } from './check-list.ts';
import type { InstallableBundle, InstallableBundles, InstallRules } from './install-rules.ts';
import type { JobLog } from './job-log.ts';
import type { UpdateJob } from './job.ts';
import { selectImage } from './select-image.ts';
import type { ImageSource, Plan, StepContext } from './steps/step.ts';

export interface PreflightDeps {
  readonly clock: Clock;
  readonly log: JobLog;
  readonly bundles: InstallableBundles;
  readonly rules: InstallRules;
}

export interface PreflightOutcome {
  readonly job: UpdateJob;
  /** Null where the job was refused. */
  readonly plan: Plan | null;
}

/**
 * Everything that must hold before a byte reaches the unit, each check by name and written into the job. A job that is resumed
 * before its activation passes all of them again; a later one only needs the image and the policy it is judged by.
 */
export class Preflight {
  readonly #deps: PreflightDeps;

  constructor(deps: PreflightDeps) {
    this.#deps = deps;
  }

  /** Moves created → ready or refused. Throws only where the job itself cannot be written. */
  async run(context: StepContext, job: UpdateJob): Promise<PreflightOutcome> {
    const checks = new CheckList(this.#deps.log);
    try {
      return await this.#run(context, job, checks);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      return { job: this.#refuse(job, checks, error), plan: null };
    }
  }

  async #run(context: StepContext, job: UpdateJob, checks: CheckList): Promise<PreflightOutcome> {
    const { log } = this.#deps;
    if (isActivated(job)) return { job, plan: await this.#planActivated(context, job, checks) };
    const plan = await this.#inspect(context, job, checks);
    if (job.state === 'created') return { job: log.move(job, 'ready', { ...checks.facts, checks: checks.made }), plan };
    // Bytes that were staged before an interruption may be lost; they are written and compared again.
    const recorded = log.record(job, { checks: checks.made });
    return { job: job.state === 'staged' ? log.move(recorded, 'staging') : recorded, plan };
  }

  /** The list of what must hold. */
  async #inspect(context: StepContext, job: UpdateJob, checks: CheckList): Promise<Plan> {
    const { bundles, rules } = this.#deps;
    const bundle = checks.take('bundle', this.#findBundle(job));
    checks.take('signature', await bundles.verifyAgain(bundle.digest));
    checks.take('expiry', this.#checkExpiry(bundle));
    const state = checks.take('unit', await readUnit(context, job, bundle));
    checks.take('unit-settled', checkSettled(state, job));
    const { serial, hardware, product } = state;
    checks.learn({ serial, hardware, product });
    const selection = checks.take('compatible', selectImage(bundle.manifest, state, context.profile));
    const { image, running } = selection;
    checks.learn({ imageHash: image.hash, versionTarget: image.version });
    checks.learn({ versionBefore: running.counter, bootHashBefore: running.hash });
    const source = checks.take('stored-image', await bundles.openImage(image, product));
    checks.learn({ bootHash: source.bootHash });
    const policy = checks.take('policy', rules.policyFor(bundle.manifest.product.id));
    const question = { job, bundle, state, ...selection, policy: policy.document, policyDigest: policy.digest };
    checks.take('update-window', rules.checkWindow(policy.document));
    checks.take('executor', rules.checkExecutor(question));
    checks.take('anti-rollback', rules.checkVersion(question));
    checks.learn({ approvals: [...checks.take('approvals', rules.checkApprovals(question))] });
    return plan(policy.document, source, running);
  }

  async #planActivated(context: StepContext, job: UpdateJob, checks: CheckList): Promise<Plan> {
    const { bundles, rules } = this.#deps;
    const bundle = checks.take('bundle', this.#findBundle(job));
    const image = bundle.manifest.images.find((candidate) => candidate.hash === job.imageHash);
    const slots = context.profile.slots[image?.slot ?? ''];
    if (image === undefined || slots === undefined || job.versionTarget === null || job.bootHash === null) {
      throw new Error(`job ${job.id} is ${job.state} without the facts of its preflight`);
    }
    const source = checks.take('stored-image', await bundles.openImage(image, bundle.manifest.product.id));
    const policy = checks.take('policy', rules.policyFor(bundle.manifest.product.id));
    return {
      policy: policy.document,
      source,
      expectation: {
        runningAlternate: slots.running,
        targetCounter: job.versionTarget,
        targetHash: job.bootHash,
        counterBefore: job.versionBefore,
        hashBefore: job.bootHashBefore,
        requiredTests: policy.document.selfTest.required,
      },
    };
  }

  #findBundle(job: UpdateJob): Result<Finding<InstallableBundle>> {
    const bundle = this.#deps.bundles.find(job.bundleDigest);
    if (bundle === null)
      return refuse('update.bundle-unknown', `No imported bundle has the digest ${job.bundleDigest}.`);
    const { product, release } = bundle.manifest;
    return found(bundle, `${product.name}, release ${release.name}, change ${release.changeControl}.`);
  }

  #checkExpiry({ manifest }: InstallableBundle): Result<Finding<void>> {
    const now = this.#deps.clock.now().getTime();
    if (now < Date.parse(manifest.expires)) return found(undefined, `The bundle is valid until ${manifest.expires}.`);
    return refuse(
      'update.bundle-expired',
      `The bundle expired on ${manifest.expires}. Ask the vendor for a newer one.`,
    );
  }

  #refuse(job: UpdateJob, checks: CheckList, { refusal }: RefusalError): UpdateJob {
    const { log } = this.#deps;
    const change = { ...checks.facts, checks: checks.made, code: refusal.code, reason: refusal.reason };
    // What was activated has happened; the job stays open until the unit can be judged.
    if (isActivated(job)) return log.record(job, change);
    return log.move(job, job.state === 'created' || job.state === 'ready' ? 'refused' : 'failed', change);
  }
}

function isActivated({ state }: UpdateJob): boolean {
  return !['created', 'ready', 'staging', 'staged'].includes(state);
}

/** REQ-OTA-VER-01: the unit is read, not assumed. */
async function readUnit(
  { target }: StepContext,
  job: UpdateJob,
  { manifest }: InstallableBundle,
): Promise<Result<Finding<DeviceState>>> {
  const read = await target.readState();
  if (!read.ok) return read;
  const state = read.value;
  if (job.serial !== null && job.serial !== state.serial) {
    return refuse(
      'update.other-unit',
      `The job was begun with unit ${job.serial}; position ${job.position} now holds ${state.serial}.`,
    );
  }
  if (state.product !== manifest.product.id) {
    return refuse(
      'update.wrong-product',
      `The bundle is for ${manifest.product.id}; the unit ${state.serial} is a ${state.product}.`,
    );
  }
  return found(
    state,
    `${state.product}, hardware ${state.hardware}, serial ${state.serial}, at position ${job.position}.`,
  );
}

/** A unit in the middle of another test boot would revert over what is staged now. */
function checkSettled({ boot, mode, slots }: DeviceState, job: UpdateJob): Result<Finding<void>> {
  const resumed = job.state !== 'created';
  if (mode === 'bootloader') return found(undefined, 'The unit is in its boot loader without a bootable image.');
  if (!resumed && boot.swap !== 'none') {
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

function plan(policy: PolicyDocument, source: ImageSource, running: SlotView): Plan {
  const expectation = {
    runningAlternate: running.alternate,
    targetCounter: source.image.version,
    targetHash: source.bootHash,
    counterBefore: running.counter,
    hashBefore: running.hash,
    requiredTests: policy.selfTest.required,
  };
  return { policy, source, expectation };
}
