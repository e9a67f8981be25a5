import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { PolicyDocument, UpdateWindow, Weekday } from '../../contract/schema/policy.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** In the order of `Date.getUTCDay()`. */
const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Refuses to begin an update outside the policy's windows with `policy.outside-window`, naming the next one. */
export function checkUpdateWindow(policy: PolicyDocument, now: Date): Result<void> {
  if (policy.updateWindows.length === 0 || isInsideWindow(policy.updateWindows, now)) return accept(undefined);
  const next = findNextWindowStart(policy.updateWindows, now).toISOString();
  const reason = `Updates of this product may not begin now; the next update window opens on ${next.slice(0, 10)} at ${next.slice(11, 16)} UTC.`;
  return refuse('policy.outside-window', reason, { next });
}

/** A window includes its first moment and not its last. */
export function isInsideWindow(windows: readonly UpdateWindow[], now: Date): boolean {
  // A window over midnight that began yesterday may still be open.
  return spansOf(windows, now, -1, 0).some(({ startMs, endMs }) => startMs <= now.getTime() && now.getTime() < endMs);
}

/** The next time after now at which a window opens. There must be a window; each has a day of the week. */
export function findNextWindowStart(windows: readonly UpdateWindow[], now: Date): Date {
  const starts = spansOf(windows, now, 0, 7).map((span) => span.startMs);
  return new Date(Math.min(...starts.filter((startMs) => startMs > now.getTime())));
}

function spansOf(windows: readonly UpdateWindow[], now: Date, fromDay: number, toDay: number): readonly Span[] {
  const midnightMs = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const spans: Span[] = [];
  for (let day = fromDay; day <= toDay; day += 1) {
    const dayMs = midnightMs + day * DAY_MS;
    const weekday = weekdays[new Date(dayMs).getUTCDay()];
    for (const { days, from, to } of windows) {
      if (weekday === undefined || !days.includes(weekday)) continue;
      const startMs = dayMs + sinceMidnightMs(from);
      const endMs = dayMs + sinceMidnightMs(to) + (to < from ? DAY_MS : 0);
      spans.push({ startMs, endMs });
    }
  }
  return spans;
}

function sinceMidnightMs(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 * MINUTE_MS + Number(timeOfDay.slice(3, 5)) * MINUTE_MS;
}
