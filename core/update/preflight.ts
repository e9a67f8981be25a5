import { refuse, type Result } from '../../contract/result.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { OperatorRef } from '../../contract/schema/update-job.ts';
import type { KnownUnit } from '../device/update-target.ts';
import type { Clock } from '../ports.ts';
import { CheckList, CheckRefused, found, type Finding } from './check-list.ts';
import type { InstallableBundle, InstallableBundles, InstallRules } from './install-rules.ts';
import type { UpdateJob } from './job.ts';
import { selectImage, type Selection } from './select-image.ts';
import { findUnit, stillOpen } from './find-unit.ts';
import { checkKind, checkSelfTestKnown, checkSettled, describeProtections } from './unit-checks.ts';
import { endBeforeActivation } from './steps/stage.ts';
import type { ImageSource, Plan, StepContext } from './steps/step.ts';

export interface PreflightDeps {
  readonly clock: Clock;
  readonly bundles: InstallableBundles;
  readonly rules: InstallRules;
}

export interface PreflightOutcome {
  readonly job: UpdateJob;
  /** Null where the job was refused, or stopped. */
  readonly plan: Plan | null;
}

/**
 * Everything that must hold before a byte reaches the unit, each check by name and written into the job, and what must hold
 * still before the unit boots it. `actor` is who starts the job or goes on with it.
 */
export class Preflight {
  readonly #deps: PreflightDeps;

  constructor(deps: PreflightDeps) {
    this.#deps = deps;
  }

  /** Moves created → ready or refused; leaves a job whose signal was aborted as it is. Throws only where the job itself cannot be written. */
  async run(context: StepContext, job: UpdateJob, actor: OperatorRef): Promise<PreflightOutcome> {
    const { log } = context;
    const checks = new CheckList(log);
    const plan = await this.#inspect(context, job, actor, checks);
    if (plan === null) return { job: context.signal.aborted ? job : await refuseJob(context, job, checks), plan };
    const change = { ...checks.facts, checks: checks.made };
    if (job.state === 'created') return { job: log.move(job, 'ready', change), plan };
    // Bytes that were staged before an interruption may be lost; they are written and compared again.
    const recorded = log.record(job, change);
    return { job: job.state === 'staged' ? log.move(recorded, 'staging') : recorded, plan };
  }

  /**
   * Asked once more between staging and activation, which may be many minutes apart: a certificate may have been revoked, an
   * operator disabled, an approval have expired meanwhile. Answers the refused check, or null where all hold.
   */
  async findChange(context: StepContext, plan: Plan, job: UpdateJob, actor: OperatorRef): Promise<CheckList | null> {
    const checks = new CheckList(context.log);
    // A download that waits for its manifestation would be lost if the unit's slots were read now: the unit has been held since.
    const known = context.profile.pendingBy === 'manifestation' ? plan.stateBefore : null;
    return (await this.#inspect(context, job, actor, checks, known)) === null ? checks : null;
  }

  /** The plan of a job that was activated: by the image and the policy that its preflight took, whatever holds today. */
  planActivated(job: UpdateJob): Plan {
    const bundle = this.#deps.bundles.find(job.bundleDigest);
    const policy = job.policyDigest === null ? null : this.#deps.rules.policyOf(job.policyDigest);
    const image = bundle?.manifest.images.find((candidate) => candidate.hash === job.imageHash);
    if (!image || !policy || job.versionTarget === null || job.bootHash === null) {
      throw new Error(`job ${job.id} is ${job.state} without the facts of its preflight`);
    }
    const open = (): never => {
      throw new Error('a job that was activated sends nothing');
    };
    return {
      policy,
      source: { image, bootHash: job.bootHash, open },
      stateBefore: null,
      expectation: {
        slot: image.slot,
        targetCounter: job.versionTarget,
        targetHash: job.bootHash,
        counterBefore: job.versionBefore,
        hashBefore: job.bootHashBefore,
        requiredTests: policy.selfTest.required,
        staleSelfTest: job.staleSelfTest,
      },
    };
  }

  /** What a job knows of its unit before the unit is asked. */
  recall(job: UpdateJob): KnownUnit {
    return {
      product: job.product ?? this.#deps.bundles.find(job.bundleDigest)?.manifest.product.id ?? null,
      serial: job.serial ?? job.statedSerial,
      trialHash: isActivated(job) ? job.bootHash : null,
      pin: job.profile,
    };
  }

  /** Null where a check said no; it is then the last one in the list. */
  async #inspect(
    context: StepContext,
    job: UpdateJob,
    actor: OperatorRef,
    checks: CheckList,
    known: DeviceState | null = null,
  ): Promise<Plan | null> {
    try {
      return await this.#check(context, job, actor, checks, known);
    } catch (error) {
      if (!(error instanceof CheckRefused)) throw error;
      checks.learn({ code: error.refusal.code, reason: error.refusal.reason });
      return null;
    }
  }

  /** The list of what must hold. */
  async #check(
    context: StepContext,
    job: UpdateJob,
    actor: OperatorRef,
    checks: CheckList,
    known: DeviceState | null,
  ): Promise<Plan> {
    const { bundles, rules } = this.#deps;
    const bundle = checks.take('bundle', this.#findBundle(job));
    checks.take('signature', await bundles.verifyAgain(bundle.digest));
    checks.take('expiry', this.#checkExpiry(bundle));
    checks.take('kind', checkKind(job, context.profile));
    const { pin } = context;
    checks.take('profile', await rules.checkProfile({ pin, job, actor }));
    checks.learn({ profile: pin });
    const state = checks.take('unit', known === null ? await findUnit(context, job, bundle) : stillOpen(known));
    const { serial, hardware, product } = state;
    checks.learn({ serial, hardware, product });
    checks.take('protections', describeProtections(context));
    checks.learn({ missingProtections: [...context.profile.missingProtections] });
    checks.take('unit-settled', checkSettled(state));
    const selection = checks.take('compatible', selectImage(bundle.manifest, state));
    const { image, running } = selection;
    checks.learn({ imageHash: image.hash, versionTarget: image.version });
    checks.learn({ versionBefore: running.counter, bootHashBefore: running.hash });
    checks.learn({ staleSelfTest: state.previousSelfTest?.counter === image.version });
    const { profile, signal } = context;
    const { rawImageOffset } = profile;
    const source = checks.take('stored-image', await bundles.openImage({ image, product, rawImageOffset, signal }));
    checks.learn({ bootHash: source.bootHash });
    const policy = checks.take('policy', rules.policyFor(product));
    checks.learn({ policyDigest: policy.digest });
    checks.take('self-test-known', checkSelfTestKnown(policy.document, state));
    const question = {
      job,
      actor,
      bundle,
      state,
      ...pick(selection),
      policy: policy.document,
      policyDigest: policy.digest,
    };
    if (isBegun(job)) checks.take('update-window', found(undefined, 'The update began inside an update window.'));
    else checks.take('update-window', rules.checkWindow(policy.document));
    checks.take('executor', rules.checkExecutor(question));
    checks.take('anti-rollback', rules.checkVersion(question));
    checks.learn({ approvals: [...checks.take('approvals', rules.checkApprovals(question))] });
    return plan(policy.document, source, state, running);
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
}

function refuseJob(context: StepContext, job: UpdateJob, checks: CheckList): UpdateJob | Promise<UpdateJob> {
  const change = checks.refusal(job);
  if (job.state === 'created' || job.state === 'ready') return context.log.move(job, 'refused', change);
  return endBeforeActivation(context, job, 'failed', change);
}

/** True from the activation on: what was done to the unit cannot be taken back by ending the job. */
export function isActivated({ state }: UpdateJob): boolean {
  return !['created', 'ready', 'staging', 'staged'].includes(state);
}

/** A window says when an update may begin; one that was begun in time may be brought to its end. */
function isBegun({ state }: UpdateJob): boolean {
  return state === 'staging' || state === 'staged';
}

function pick({ image, running }: Selection): Pick<Selection, 'image' | 'running'> {
  return { image, running };
}

function plan(policy: PolicyDocument, source: ImageSource, state: DeviceState, running: SlotView): Plan {
  const expectation = {
    slot: running.logical,
    targetCounter: source.image.version,
    targetHash: source.bootHash,
    counterBefore: running.counter,
    hashBefore: running.hash,
    requiredTests: policy.selfTest.required,
    staleSelfTest: state.previousSelfTest?.counter === source.image.version,
  };
  return { policy, source, stateBefore: state, expectation };
}
