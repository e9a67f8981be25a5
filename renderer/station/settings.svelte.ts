import type { Refusal } from '../../contract/result.ts';
import type { StationSettingsView } from '../../contract/schema/station.ts';
import { call } from '../bridge/call.ts';

let settings = $state.raw<StationSettingsView | null>(null);

/** What is set for the whole station; null while the operator may not see it, or the station has not told. */
export function stationSettings(): StationSettingsView | null {
  return settings;
}

/** Asks anew. Returns why there is no answer, or null. */
export async function refreshSettings(): Promise<Refusal | null> {
  const answer = await call('station.settings', {});
  settings = answer.ok ? answer.value : null;
  return answer.ok ? null : answer;
}

/** The station has said what is set now. */
export function putSettings(next: StationSettingsView): void {
  settings = next;
}
