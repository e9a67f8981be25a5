import type { Stock } from './choose-bundle.ts';

/** When bundles expire, and when approvals end to count: what the station said of its stock holds until the next of these times. */
export function endsOfStock({ bundles, states, pending }: Stock): readonly (string | null)[] {
  return [
    ...bundles.map(({ manifest }) => manifest.expires),
    ...[...states.install.values(), ...states.recovery.values()].map((one) =>
      one.state === 'complete' ? one.until : null,
    ),
    ...pending.flatMap(({ approvals }) => approvals.map(({ validUntil }) => validUntil)),
  ];
}
