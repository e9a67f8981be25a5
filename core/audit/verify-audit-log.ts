import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditVerification } from '../../contract/schema/audit.ts';
import { LogCheck, type AuditLogUnderTest } from './log-check.ts';

export interface CheckRun {
  readonly onProgress?: (seq: number, size: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads the whole log and reports everything that is wrong with it, by event (REQ-OTA-AUD-02): texts that do not have
 * their hash, missing and moved events, tree nodes that are not the hash of those below, roots that are not those that were
 * signed, a log that ends before its checkpoints or its head file, and one that is not what a confirmed witness cosigned. Rows
 * stream by; memory does not grow with the log but for a line for each kept cosignature, and what is recorded meanwhile is left for the
 * next time. Rejects with the signal's reason.
 */
export function verifyAuditLog(log: AuditLogUnderTest & CheckRun): Promise<AuditVerification> {
  return runCheck(new LogCheck(log), log);
}

/** Lets a check read on to its end, a page in each turn of the event loop. */
export async function runCheck(check: LogCheck, { onProgress, signal }: CheckRun): Promise<AuditVerification> {
  for (let page = check.nextPage(); page.length > 0; page = check.nextPage()) {
    signal?.throwIfAborted();
    for (const row of page) check.checkEvent(row);
    onProgress?.(check.size, check.expectedSize);
    await nextTurn();
  }
  check.checkEnd();
  do {
    await nextTurn();
    signal?.throwIfAborted();
  } while (check.checkCosignatures());
  return check.conclude();
}
