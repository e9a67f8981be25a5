import type { Stock } from './choose-bundle.ts';

/** Beyond it a browser's timer rings at once. */
const longestTimerMs = 2 ** 31 - 1;

/** How long what the station said of its bundles holds: until the next approval or bundle ends, or it is time to look again anyway. */
export function holdsForMs({ bundles, states, pending }: Stock, nowMs: number): number {
  const ends = [
    ...bundles.map(({ manifest }) => manifest.expires),
    ...[...states.install.values(), ...states.recovery.values()].map((one) =>
      one.state === 'complete' ? one.until : null,
    ),
    ...pending.flatMap(({ approvals }) => approvals.map(({ validUntil }) => validUntil)),
  ];
  const left = ends.flatMap((end) => (end === null ? [] : [Date.parse(end) - nowMs])).filter((ms) => ms > 0);
  return Math.min(longestTimerMs, ...left);
}
