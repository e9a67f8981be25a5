import type { OperationInput } from '../../../contract/operations.ts';
import type { AuditEventType, AuditOutcome } from '../../../contract/schema/audit.ts';
import { localMidnight } from '../../words/local-day.ts';

/** What stands in the fields above the log; days are of the machine's own calendar, or empty. */
export interface AuditFilter {
  readonly type: AuditEventType | 'every';
  readonly outcome: AuditOutcome | 'every';
  readonly operator: string;
  readonly unit: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

export const noFilter: AuditFilter = {
  type: 'every',
  outcome: 'every',
  operator: '',
  unit: '',
  firstDay: '',
  lastDay: '',
};

export function isFiltered({ type, outcome, operator, unit, firstDay, lastDay }: AuditFilter): boolean {
  const texts = [operator, unit, firstDay, lastDay];
  return type !== 'every' || outcome !== 'every' || texts.some((text) => text.trim() !== '');
}

/** True where the last day comes before the first, so that nothing can be found. */
export function isBackwards({ firstDay, lastDay }: AuditFilter): boolean {
  return firstDay !== '' && lastDay !== '' && lastDay < firstDay;
}

/** The station's question for a filter. */
export function searchOf(filter: AuditFilter): Omit<OperationInput<'audit.search'>, 'before' | 'after' | 'limit'> {
  const { type, outcome, operator, unit, firstDay, lastDay } = filter;
  return {
    type: type === 'every' ? null : type,
    outcome: outcome === 'every' ? null : outcome,
    operator: operator.trim() === '' ? null : operator.trim().toLowerCase(),
    unit: unit.trim() === '' ? null : unit.trim(),
    since: firstDay === '' ? null : localMidnight(firstDay, 0),
    until: lastDay === '' ? null : localMidnight(lastDay, 1),
  };
}
