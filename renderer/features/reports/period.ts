export const presets = ['month', 'lastMonth', 'week', 'today', 'own'] as const;
export type Preset = (typeof presets)[number];

export interface Period {
  /** UTC, `2026-11-29`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const dayMs = 24 * 3600 * 1000;

/** The days of a preset, UTC as the station counts them; null where a person chooses. A month that goes on ends today. */
export function daysOf(preset: Preset, now: Date): Period | null {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const today = now.getTime();
  switch (preset) {
    case 'today':
      return period(today, today);
    case 'week':
      return period(today - 6 * dayMs, today);
    case 'month':
      return period(Date.UTC(year, month, 1), today);
    case 'lastMonth':
      return period(Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1) - dayMs);
    case 'own':
      return null;
  }
}

function period(first: number, last: number): Period {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return { firstDay: day(first), lastDay: day(last) };
}

export function isBackwards({ firstDay, lastDay }: Period): boolean {
  return firstDay !== '' && lastDay !== '' && lastDay < firstDay;
}
