import type { OperationInput } from '../../contract/operations.ts';
import { AuditEventTypeSchema, AuditOutcomeSchema } from '../../contract/schema/audit.ts';
import type { AuditEventType, AuditOutcome } from '../../contract/schema/audit.ts';
import { CalendarDay } from '../../contract/schema/scan.ts';
import { readAs } from '../option-value.ts';

/** What `audit list` is narrowed by. */
export interface ListOptions {
  readonly type?: AuditEventType;
  readonly operator?: string;
  readonly unit?: string;
  readonly outcome?: AuditOutcome;
  /** Days, UTC, both included. */
  readonly from?: string;
  readonly to?: string;
  readonly before?: number;
  readonly after?: number;
  readonly limit: number;
}

const dayMs = 86_400_000;

export const readType = readAs(AuditEventTypeSchema, 'Give a type of event such as update.moved; docs/audit-log.md.');
export const readOutcome = readAs(AuditOutcomeSchema, 'Give done, refused or failed.');
export const readDay = readAs(CalendarDay, 'Give a day such as 2026-11-29.');

export function searchOf(options: ListOptions): OperationInput<'audit.search'> {
  const { type, operator, unit, outcome, from, to, before, after, limit } = options;
  return {
    type: type ?? null,
    operator: operator ?? null,
    unit: unit ?? null,
    outcome: outcome ?? null,
    since: from === undefined ? null : new Date(from).toISOString(),
    until: to === undefined ? null : new Date(Date.parse(to) + dayMs).toISOString(),
    before: before ?? null,
    after: after ?? null,
    limit,
  };
}
