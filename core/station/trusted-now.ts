import { RefusalError, type Result } from '../../contract/result.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../ports.ts';
import { checkClockAgainstLog, checkClockJump, type ClockWatch, type RecordedEvent } from '../trust/time-floor.ts';
import type { TrustStore } from '../trust/trust-store.ts';

export interface TrustedNowSources {
  readonly clock: Clock;
  readonly trust: Pick<TrustStore, 'checkClock'>;
  readonly log: Pick<AuditLog, 'list'>;
  /** What the log has seen of the clock; null before the first event. */
  readonly clockWatch: () => ClockWatch | null;
}

/**
 * The station's clock, unless it stands before what the station has already seen (REQ-OTA-SIG-06): a signed time, or an event of its own log;
 * or went more than a day forward between two events. Refuses with `trust.clock-below-floor`, `trust.clock-jumped`, `trust.clock-unreadable`, or the `audit.…` code of an event that was tampered with.
 */
export function createTrustedNow({ clock, trust, log, clockWatch }: TrustedNowSources): () => Result<Date> {
  return () => {
    const now = trust.checkClock(clock.now());
    if (!now.ok) return now;
    try {
      const notSetBack = checkClockAgainstLog(now.value, (after) => findEventAfter(log, after));
      return notSetBack.ok ? checkClockJump(now.value, clockWatch()) : notSetBack;
    } catch (error) {
      if (error instanceof RefusalError) return error.refusal;
      throw error;
    }
  };
}

/** Of the events since an administrator last vouched for the clock. */
function findEventAfter(log: TrustedNowSources['log'], after: Date): RecordedEvent | null {
  const [vouched] = log.list({ filter: { types: ['trust.clock-accepted'], outcome: 'done' }, limit: 1 });
  // `since` counts the very millisecond that it names.
  const since = new Date(after.getTime() + 1).toISOString();
  const [event] = log.list({ filter: { since }, limit: 1 });
  if (event === undefined || event.seq < (vouched?.seq ?? 0)) return null;
  return { seq: event.seq, time: new Date(event.time) };
}
