import { accept } from '../../../contract/result.ts';
import { readStatement } from '../../policy/approval.ts';
import type { PolicyRepository } from '../../policy/repository.ts';
import type { JobHistory } from '../../update/job-history.ts';
import type { UpdateRepository } from '../../update/repository.ts';
import { lineOf, tellUnitLife, tellUnitLine, type UnitRecords } from '../../update/unit-life.ts';
import type { Handlers } from '../dispatch.ts';

export interface HistoryHandlerDeps {
  readonly history: JobHistory;
  readonly jobs: UpdateRepository;
  readonly policies: PolicyRepository;
}

/** The history of jobs, and that of each unit. */
export function createHistoryHandlers({
  history,
  jobs,
  policies,
}: HistoryHandlerDeps): Pick<Handlers, 'update.search' | 'unit.list' | 'unit.show'> {
  const approval: UnitRecords['approval'] = (approvalId) => {
    const record = policies.findApproval(approvalId);
    const statement = record && readStatement(record);
    if (statement?.ok !== true) return null;
    const { id, kind, operator, signedAt } = statement.value;
    return { id, kind, printedName: operator.printedName, signedAt };
  };
  return {
    'update.search': ({ before, limit, ...query }) =>
      accept({ jobs: history.search(query, { before, limit }).map(lineOf), ...history.count(query) }),
    'unit.list': ({ limit, ...query }) =>
      accept(history.units(query, limit).map((unit) => tellUnitLine(unit, { history, jobs }))),
    'unit.show': (unit) => tellUnitLife(unit, { history, jobs, approval }),
  };
}
