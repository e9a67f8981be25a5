import type { ErrorCode } from '../../contract/error-code.ts';
import type { AuditFinding } from '../../contract/schema/audit.ts';

const maxFindings = 100;

/** Collects what is wrong with a log, bounded however much is wrong. */
export class Findings {
  readonly list: AuditFinding[] = [];
  omitted = 0;

  add(code: ErrorCode, fromSeq: number, toSeq: number, reason: string): void {
    if (this.list.length < maxFindings) this.list.push({ code, fromSeq, toSeq, reason });
    else this.omitted += 1;
  }
}

/** "event 5" or "events 5 to 7". */
export function nameEvents(fromSeq: number, toSeq: number): string {
  return fromSeq === toSeq ? `event ${fromSeq}` : `events ${fromSeq} to ${toSeq}`;
}
