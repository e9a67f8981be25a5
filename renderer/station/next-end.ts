/** Beyond it a browser's timer rings at once. */
const longestTimerMs = 2 ** 31 - 1;

/** How long what the station said holds: until the next of these times, or until it is time to ask again anyway. */
export function holdsForMs(ends: Iterable<string | null>, nowMs: number): number {
  const left = [...ends].flatMap((end) => (end === null ? [] : [Date.parse(end) - nowMs])).filter((ms) => ms > 0);
  return Math.min(longestTimerMs, ...left);
}
