import type { StationSettingsView } from '../../contract/schema/station.ts';
import type { TrustOverview } from '../../contract/schema/trust.ts';
import type { IconName } from '../design/icon-paths.ts';
import type { MarkKind } from '../design/mark-kind.ts';
import { formatRoute } from '../router/parse-route.ts';
import { say } from '../words/say.ts';
import { appWords } from './words.ts';

export interface StationMark {
  readonly icon: IconName;
  readonly word: string;
  readonly kind: MarkKind;
  readonly title: string;
  readonly href: string | null;
}

/** What the top bar says of trust, clock and network. It says nothing of what the station has not told. */
export function stationMarks(
  trust: TrustOverview | null,
  settings: StationSettingsView | null,
): readonly StationMark[] {
  return [
    ...(trust === null ? [] : [trustMark(trust), clockMark(trust)]),
    ...(settings?.depotServer === null ? [offlineMark()] : []),
  ];
}

function trustMark(trust: TrustOverview): StationMark {
  const mark = { icon: 'trust', title: say(appWords.trustTitle), href: formatRoute('trust') } as const;
  const roots = new Set(
    [
      ...trust.packages.flatMap(({ anchors }) => anchors.filter(({ purpose }) => purpose === 'bundle')),
      ...trust.pinnedAnchors,
    ].map(({ fingerprintSha256 }) => fingerprintSha256),
  );
  if (roots.size === 0) return { ...mark, kind: 'needs-you', word: say(appWords.trustNone) };
  if (trust.crls.some(({ isCurrent }) => !isCurrent))
    return { ...mark, kind: 'needs-you', word: say(appWords.trustStale) };
  if (trust.proposals.length > 0) return { ...mark, kind: 'needs-you', word: say(appWords.trustWaits) };
  return { ...mark, kind: 'confirmed', word: say(appWords.trustGood, { count: roots.size }) };
}

function clockMark({ clock }: TrustOverview): StationMark {
  const isBelieved = clock.refusal === null;
  return {
    icon: 'clock',
    kind: isBelieved ? 'confirmed' : 'refused',
    word: say(isBelieved ? appWords.clockGood : appWords.clockBad),
    title: clock.refusal?.reason ?? say(appWords.clockTitle),
    href: formatRoute('trust'),
  };
}

function offlineMark(): StationMark {
  const title = say(appWords.offlineTitle);
  return { icon: 'offline', kind: 'idle', word: say(appWords.offline), title, href: formatRoute('settings') };
}
