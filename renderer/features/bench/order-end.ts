/** How long an order stands: hours, or `log-out`. */
export const orderTimes = ['log-out', '1', '2', '4', '8'] as const;
export type OrderTime = (typeof orderTimes)[number];

/** UTC time at which an order ends by itself; null: with the session of whoever places it. */
export function endOfOrder(time: OrderTime, nowMs: number): string | null {
  return time === 'log-out' ? null : new Date(nowMs + Number(time) * 3_600_000).toISOString();
}
