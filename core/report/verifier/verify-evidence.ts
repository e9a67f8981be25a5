import type { ReportModel } from '../../../contract/schema/report.ts';
import type { CheckList } from './check-list.ts';
import { checkApprovals } from './check-approvals.ts';
import { checkBundle, checkVersions } from './check-bundle.ts';
import { checkConclusion, checkExecutedBy } from './check-conclusion.ts';
import { checkJob, wasStaged } from './check-job.ts';
import { checkPolicy } from './check-policy.ts';
import { checkCheckpoint, checkEvents, checkInclusion } from './check-log.ts';
import { readEd25519Key } from './check-station.ts';

const noPolicy =
  'Not done, because the report carries no policy: that enough operators approved is what the station recorded.';

/**
 * The checks of what a report states against the log that it carries. They stand apart from the report's own signature,
 * because the builder makes them too before it signs.
 */
export function verifyEvidence(list: CheckList, model: ReportModel | null): void {
  const key = model && readEd25519Key(model.station.publicKeyPem);
  const withKey = model && key && { model, key };
  const checkpoint = list.makeFrom(withKey, 'checkpoint', (of) => checkCheckpoint(of.model, of.key));
  const events = list.makeFrom(model, 'events', checkEvents);
  const withLog = model && checkpoint && { model, checkpoint };
  list.makeFrom(withLog, 'inclusion', (of) => checkInclusion(of.model, of.checkpoint));

  const withEvents = model && events && { ...model, events };
  list.makeFrom(withEvents, 'job', (of) => checkJob(of.job, of.events, of.station.training));
  const manifest = list.makeFrom(withEvents, 'bundle', (of) => checkBundle(of, of.events));
  const withManifest = withEvents && manifest && { ...withEvents, manifest };
  list.makeFrom(withManifest, 'versions', (of) => checkVersions(of.job, of.manifest, wasStaged(of.events)));
  const statements = list.makeFrom(withEvents, 'approvals', (of) => checkApprovals(of.approvals, of.job, of.events));
  const policy = model?.policy;
  const withPolicy = withEvents && statements && policy ? { ...withEvents, statements, policy } : null;
  if (policy === null) list.skip('policy', noPolicy);
  else list.makeFrom(withPolicy, 'policy', (of) => checkPolicy(of.policy, of.job, of.statements, of.events));
  list.makeFrom(withEvents, 'executed-by', (of) => checkExecutedBy(of.job, of.events));
  const withAll = withManifest && statements && checkpoint && { ...withManifest, statements, checkpoint };
  list.makeFrom(withAll, 'conclusion', (of) =>
    checkConclusion(of, {
      job: of.job,
      manifest: of.manifest,
      signers: of.bundle.signers,
      approvedBy: of.statements.map(({ operator }) => operator.printedName),
      eventCount: of.events.length,
      treeSize: of.checkpoint.size,
      station: of.station,
    }),
  );
}
