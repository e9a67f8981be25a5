import { accept } from '../../../contract/result.ts';
import type { StationSettingsView } from '../../../contract/schema/station.ts';
import { readIdleMinutes, writeIdleMinutes } from '../../operator/session-limits.ts';
import type { Caller, Handlers } from '../dispatch.ts';
import { checkHealth, type HealthSources } from '../health/check-health.ts';
import type { StationRecords } from '../records.ts';

type SettingsHandlers = Pick<
  Handlers,
  'station.health' | 'station.settings' | 'station.rename' | 'station.set-idle-time'
>;

/** How the station is, and what an administrator sets for all of it. */
export function createSettingsHandlers({
  records,
  health,
}: {
  readonly records: StationRecords;
  readonly health: HealthSources;
}): SettingsHandlers {
  const { settings, log, transact } = records;
  const view = (): StationSettingsView => ({
    name: settings.get('name'),
    idleMinutes: readIdleMinutes(settings),
    depotServer: null,
  });
  /** Writes a setting and its event together; a value that stands already is no event. */
  const change = (
    { operator }: Caller,
    setting: 'name' | 'idleMinutes',
    after: string | number,
    write: () => void,
  ): StationSettingsView =>
    transact(() => {
      const before = view()[setting];
      if (before === after) return view();
      write();
      log.append({
        type: 'station.changed',
        actor: { kind: 'operator', id: operator.id, username: operator.username },
        outcome: 'done',
        subject: {},
        data: { setting, before, after },
      });
      return view();
    });
  return {
    'station.health': async () => accept(await checkHealth(health)),
    'station.settings': () => accept(view()),
    'station.rename': ({ name }, caller) => accept(change(caller, 'name', name, () => settings.set('name', name))),
    'station.set-idle-time': ({ idleMinutes }, caller) =>
      accept(change(caller, 'idleMinutes', idleMinutes, () => writeIdleMinutes(settings, idleMinutes))),
  };
}
