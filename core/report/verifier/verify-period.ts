import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { sliceJobs } from '../period/period-slice.ts';
import type { CheckList } from './check-list.ts';
import { checkCheckpoint, checkEvents, checkInclusion } from './check-log.ts';
import {
  checkPeriodApprovals,
  checkPeriodBundles,
  checkPeriodConclusion,
  checkPeriodJobs,
  checkPeriodOperators,
  checkPeriodPolicies,
  checkPeriodVersions,
} from './check-period.ts';
import { readEd25519Key } from './check-station.ts';

/** The checks of what the report of a period states against the log that it carries; the builder makes them too before it signs. */
export function verifyPeriodEvidence(list: CheckList, model: PeriodReport | null): void {
  const key = model && readEd25519Key(model.station.publicKeyPem);
  const withKey = model && key && { model, key };
  const checkpoint = list.makeFrom(withKey, 'checkpoint', (of) => checkCheckpoint(of.model, of.key));
  const events = list.makeFrom(model, 'events', checkEvents);
  const withLog = model && checkpoint && { model, checkpoint };
  list.makeFrom(withLog, 'inclusion', (of) => checkInclusion(of.model, of.checkpoint));

  const sliced = model && events && { model, events, slices: sliceJobs(model, events) };
  list.makeFrom(sliced, 'job', (of) => checkPeriodJobs(of.model, of.slices, of.events));
  const manifests = list.makeFrom(sliced, 'bundle', (of) => checkPeriodBundles(of.slices));
  const withManifests = sliced && manifests && { ...sliced, manifests };
  list.makeFrom(withManifests, 'versions', (of) => checkPeriodVersions(of.slices, of.manifests));
  const statements = list.makeFrom(sliced, 'approvals', (of) => checkPeriodApprovals(of.model, of.slices));
  const withStatements = sliced && statements && { ...sliced, statements };
  list.makeFrom(withStatements, 'policy', (of) => checkPeriodPolicies(of.model, of.slices, of.statements));
  list.makeFrom(sliced, 'executed-by', (of) => checkPeriodOperators(of.slices));
  list.makeFrom(withLog, 'conclusion', (of) => checkPeriodConclusion(of.model, of.checkpoint.size));
}
