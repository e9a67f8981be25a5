import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';

/** Failed attempts in a row, and until when no further one is looked at (UTC). */
export interface Attempts {
  readonly failed: number;
  readonly blockedUntil: string | null;
}

export const noAttempts: Attempts = { failed: 0, blockedUntil: null };

const FIRST_DELAY_MS = 1000;
const FAILURES_TO_LOCKOUT = 10;
const LOCKOUT_MS = 15 * 60_000;
/** NIST SP 800-63B-4 §3.2.2: at most 100 failed attempts in a row on one account. Only an administrator opens it then. */
const FAILURES_TO_PERMANENT_LOCKOUT = 100;
const NEVER = '9999-12-31T23:59:59.999Z';

/**
 * Refuses an attempt that comes too early with `operator.throttled` or `operator.locked`; otherwise counts it as failed.
 * An attempt is charged BEFORE its password is looked at and forgiven after, so that neither guessing in parallel nor
 * killing the program in between gives a free try.
 */
export function chargeAttempt(attempts: Attempts, now: Date): Result<Attempts> {
  if (attempts.blockedUntil !== null && now.getTime() < Date.parse(attempts.blockedUntil))
    return refuseBlocked(attempts, now);
  const failed = attempts.failed + 1;
  if (failed >= FAILURES_TO_PERMANENT_LOCKOUT) return accept({ failed, blockedUntil: NEVER });
  const blockMs = failed >= FAILURES_TO_LOCKOUT ? LOCKOUT_MS : FIRST_DELAY_MS * 2 ** (failed - 1);
  return accept({ failed, blockedUntil: new Date(now.getTime() + blockMs).toISOString() });
}

export function isLockedOut(attempts: Attempts, now: Date): boolean {
  return attempts.failed >= FAILURES_TO_LOCKOUT && now.getTime() < Date.parse(attempts.blockedUntil ?? '');
}

function refuseBlocked(attempts: Attempts, now: Date): Result<never> {
  const { failed, blockedUntil } = attempts;
  if (blockedUntil === NEVER) {
    const reason = `Locked after ${failed} failed attempts in a row; only an administrator can unlock it.`;
    return refuse('operator.locked', reason, { failed });
  }
  const waitSeconds = Math.ceil((Date.parse(blockedUntil ?? '') - now.getTime()) / 1000);
  if (failed >= FAILURES_TO_LOCKOUT) {
    const reason = `Locked after ${failed} failed attempts in a row; try again in ${Math.ceil(waitSeconds / 60)} min, or ask an administrator to unlock it.`;
    return refuse('operator.locked', reason, { failed, waitSeconds });
  }
  return refuse('operator.throttled', `Too soon after a failed attempt; try again in ${waitSeconds} s.`, {
    failed,
    waitSeconds,
  });
}
