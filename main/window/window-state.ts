import type { Preferences, WindowState } from '../../contract/window/window-operations.ts';
import type { WindowSession } from '../session/window-session.ts';
import type { StationHost } from '../station/station-host.ts';
import { trainingPeople } from '../training/training-station.ts';

export interface WindowStateSources {
  readonly host: Pick<StationHost, 'phase' | 'opened' | 'dataFolder'>;
  readonly session: WindowSession;
  readonly preferences: { read(): Preferences };
  readonly shell: WindowState['shell'];
}

/** What the window shows before anything else: the station or why there is none, who is logged in, how it looks. */
export async function viewWindow({ host, session, preferences, shell }: WindowStateSources): Promise<WindowState> {
  const { phase, opened } = host;
  const status = (await opened?.station.call('station.status', {}, null)) ?? null;
  return {
    phase: phase.phase,
    refusal: phase.phase === 'refused' ? { code: phase.refusal.code, reason: phase.refusal.reason } : null,
    station: status?.ok === true ? status.value : null,
    session: session.view,
    locked: session.locked,
    dataFolder: host.dataFolder,
    keychain: opened?.keychain ?? false,
    shell,
    preferences: preferences.read(),
    training: opened?.training == null ? null : trainingPeople,
  };
}
