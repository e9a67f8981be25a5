import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ApprovalRecord, ApprovalStatement, PolicyDocument } from '../../contract/schema/policy.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';
import type { OperatorRef } from '../../contract/schema/update-job.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import { readStatement } from '../policy/approval.ts';
import { checkSecurityCounter, type CounterBasis } from '../policy/anti-rollback.ts';
import { DowngradePermit } from '../policy/downgrade-permit.ts';
import { evaluateApprovals, type ApprovalQuestion, type CountedApprovals } from '../policy/evaluate-approvals.ts';
import { checkExecutor } from '../policy/executor.ts';
import type { Policies } from '../policy/policies.ts';
import { checkUpdateWindow } from '../policy/update-window.ts';
import type { Clock } from '../ports.ts';
import { found } from '../update/check-list.ts';
import type { InstallQuestion, InstallRules } from '../update/install-rules.ts';
import type { UpdateRepository } from '../update/repository.ts';

export interface InstallRuleSources {
  readonly clock: Clock;
  readonly policies: Policies;
  /** A policy that is or was in force. */
  readonly policyOf: (digest: string) => PolicyDocument | null;
  readonly approvalsOf: (bundleDigest: string) => readonly ApprovalRecord[];
  /** Ids of approvals of the bundle that were taken back. */
  readonly withdrawnOf: (bundleDigest: string) => ReadonlySet<string>;
  readonly operators: () => readonly OperatorView[];
  readonly jobs: UpdateRepository;
  readonly checkProfile: InstallRules['checkProfile'];
}

/** Binds the rules of core/policy to this station's records. */
export function createInstallRules(sources: InstallRuleSources): InstallRules {
  const { clock, policies, jobs } = sources;
  return {
    policyFor(product) {
      const policy = policies.findFor(product);
      if (!policy.ok) return policy;
      const { document, digest } = policy.value;
      return found(
        { document, digest },
        `The policy for ${document.product === '*' ? 'all products' : document.product} is in force (${digest.slice(0, 8)}…).`,
      );
    },
    checkWindow(policy: PolicyDocument) {
      const inside = checkUpdateWindow(policy, clock.now());
      if (!inside.ok) return inside;
      return found(
        undefined,
        policy.updateWindows.length === 0 ? 'Updates are allowed at any time.' : 'Inside an update window.',
      );
    },
    policyOf: (digest) => sources.policyOf(digest),
    checkProfile: (question) => sources.checkProfile(question),
    checkActor(job, actor) {
      // Before its preflight a job has no policy yet; the preflight itself asks for the executor.
      if (job.policyDigest === null) return accept(undefined);
      const policy = sources.policyOf(job.policyDigest);
      if (policy === null)
        return refuse('policy.missing', `The policy ${job.policyDigest} of the job is not in this station's records.`);
      const may = checkActingOperator(policy, actor, sources);
      if (!may.ok) return may;
      const own = sources
        .approvalsOf(job.bundleDigest)
        .flatMap((record) => statementOf(record))
        .some((statement) => job.approvals.includes(statement.id) && statement.operator.id === actor.id);
      if (!own || !policy.execution.separateFromApprover) return accept(undefined);
      const reason = `${actor.printedName} approved this update and may not carry it on as well.`;
      return refuse('policy.approver-executes', reason, { operator: actor.id });
    },
    checkExecutor({ actor, policy }) {
      const may = checkActingOperator(policy, actor, sources);
      return may.ok ? found(undefined, `${actor.printedName} may execute updates of this product.`) : may;
    },
    checkApprovals(question) {
      const asked = askApprovals(question, sources);
      const counted = evaluateApprovals(sources.approvalsOf(question.bundle.digest), asked);
      if (!counted.ok) return counted;
      const ids = counted.value.statements.map((statement) => statement.id);
      return found(ids, describeApprovals(counted.value));
    },
    checkApprovedAhead({ bundle, kind, workOrder, serial, executor }) {
      const { product, images } = bundle.manifest;
      const policy = policies.findFor(product.id);
      if (!policy.ok) return policy;
      const records = sources.approvalsOf(bundle.digest);
      // Which of its images is for the unit is not known yet: it must be one that is approved.
      const verdicts = images.map(({ version }) => {
        const about = { kind, bundle, workOrder, serial, imageVersion: version, policy: policy.value };
        return evaluateApprovals(records, askFor(about, [executor.id], sources));
      });
      const approved = verdicts.find((verdict) => verdict.ok) ?? verdicts[0];
      return approved === undefined || approved.ok ? accept(undefined) : approved;
    },
    checkVersion(question) {
      const { job, image, running, state } = question;
      const asked = askApprovals(question, sources);
      const special =
        job.kind === 'install' ? null : evaluateApprovals(sources.approvalsOf(question.bundle.digest), asked);
      if (special !== null && !special.ok) return special;
      const permit =
        job.kind === 'downgrade' && special !== null ? DowngradePermit.fromApprovals(asked, special.value) : null;
      if (permit !== null && !permit.ok) return permit;
      const product = question.bundle.manifest.product.id;
      const basis = checkSecurityCounter({
        product,
        serial: state.serial,
        imageVersion: image.version,
        deviceVersion: running.counter,
        deviceImageIsConfirmed: isConfirmed(state, running),
        deviceHasValidImage: state.mode !== 'bootloader' && running.state !== 'empty' && running.state !== 'invalid',
        highestConfirmedForSerial: jobs.unitHistory(product, state.serial)?.highestConfirmed ?? null,
        highestConfirmedForProduct: jobs.highestConfirmedForProduct(product),
        recoveryApproved: job.kind === 'recovery',
        permit: permit === null ? null : permit.value,
        now: clock.now(),
      });
      return basis.ok ? found(undefined, describeBasis(basis.value, question)) : basis;
    },
  };
}

/** Asked by id, as the account stands now. */
function checkActingOperator(
  policy: PolicyDocument,
  actor: OperatorRef,
  { operators }: InstallRuleSources,
): Result<void> {
  const operator = operators().find((candidate) => candidate.id === actor.id);
  if (operator !== undefined) return checkExecutor(policy, operator);
  const reason = `${actor.printedName} is not an operator of this station.`;
  return refuse('policy.executor-not-allowed', reason, { operator: actor.id });
}

function statementOf(record: ApprovalRecord): ApprovalStatement[] {
  const statement = readStatement(record);
  return statement.ok ? [statement.value] : [];
}

function askApprovals(question: InstallQuestion, sources: InstallRuleSources): ApprovalQuestion {
  const { job, bundle, image, state, policy, policyDigest } = question;
  const about = {
    kind: job.kind,
    bundle,
    serial: state.serial,
    workOrder: job.workOrder,
    imageVersion: image.version,
    policy: { document: policy, digest: policyDigest },
  };
  const executors = [job.executedBy, ...job.actors, question.actor].map(({ id }) => id);
  return askFor(about, executors, sources);
}

type About = Pick<ApprovalQuestion, 'kind' | 'serial' | 'workOrder' | 'imageVersion' | 'policy'> & {
  readonly bundle: InstallQuestion['bundle'];
};

function askFor(
  { bundle, ...about }: About,
  executorIds: readonly string[],
  { clock, operators, withdrawnOf }: InstallRuleSources,
): ApprovalQuestion {
  return {
    ...about,
    bundleDigest: bundle.digest,
    product: bundle.manifest.product.id,
    executorIds,
    importerId: bundle.importedBy,
    now: clock.now(),
    operatorsById: new Map(operators().map((operator) => [operator.id, operator])),
    withdrawn: withdrawnOf(bundle.digest),
  };
}

function describeApprovals({ statements, validUntil }: CountedApprovals): string {
  if (statements.length === 0) return 'The policy requires no approval.';
  const names = statements.map(({ operator, id }) => `${operator.printedName} (${id.slice(0, 8)}…)`).join(', ');
  return `Approved by ${names}; valid until ${validUntil ?? 'not limited'}.`;
}

/** What MCUboot would start again after any reset, and take back for nothing. */
function isConfirmed({ boot }: DeviceState, { state }: SlotView): boolean {
  return state === 'confirmed' && boot.imageOk && boot.swap === 'none';
}

function describeBasis(basis: CounterBasis, { image, running }: InstallQuestion): string {
  const from = running.counter === null ? 'an unknown version' : `security counter ${running.counter}`;
  const step: Readonly<Record<CounterBasis, string>> = {
    upgrade: 'an upgrade',
    'upgrade-again': 'an upgrade to what was confirmed on this serial number before',
    recovery: 'an approved recovery',
    downgrade: 'a permitted downgrade',
  };
  return `From ${from} to ${image.version}: ${step[basis]}.`;
}
