import { refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import type { UpdateJob } from '../../update/job.ts';
import { concludeJob, type ConclusionFacts } from '../conclusion.ts';
import { reportIdOf } from '../report-id.ts';
import { found, type Finding } from './check-list.ts';

/** The log knows the operator who carried the job out, by the names that the report prints. */
export function checkExecutedBy({ executedBy }: UpdateJob, events: readonly AuditEvent[]): Result<Finding<true>> {
  const created = events.find(
    ({ type, subject }) => type === 'operator.created' && subject['operator'] === executedBy.id,
  );
  if (created === undefined) {
    return refuse(
      'report.operator-unknown',
      `The report holds no event that made ${executedBy.printedName} an operator.`,
    );
  }
  const { printedName, username } = created.data;
  if (printedName !== executedBy.printedName || username !== executedBy.username) {
    const reason = `Event ${created.seq} made another person operator ${executedBy.id} than ${executedBy.printedName} (${executedBy.username}).`;
    return refuse('report.operator-unknown', reason, { seq: created.seq });
  }
  return found(`Carried out by ${executedBy.printedName}, an operator since event ${created.seq}.`, true);
}

/** The report's id and its three sentences are what the facts say; their wording is part of the format. */
export function checkConclusion(model: ReportModel, facts: ConclusionFacts): Result<Finding<true>> {
  const id = reportIdOf(model.job, model.generatedAt);
  if (model.id !== id)
    return refuse('report.conclusion-differs', `The report is called ${model.id}, but its job and time give ${id}.`);
  const expected = concludeJob(facts);
  for (const line of ['what', 'result', 'proof'] as const) {
    if (model.conclusion[line] === expected[line]) continue;
    const reason = `The conclusion says "${model.conclusion[line]}", but the facts say "${expected[line]}".`;
    return refuse('report.conclusion-differs', reason, { line });
  }
  return found('The conclusion says what the facts say.', true);
}
