import { accept } from '../../../contract/result.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import type { IdleTime } from '../../operator/idle-time.ts';
import type { Caller, Handlers } from '../dispatch.ts';
import type { StationRecords } from '../records.ts';

type SettingsHandlers = Pick<Handlers, 'station.settings' | 'station.rename' | 'station.set-idle-time'>;

/** The station's own few settings; each change and its event are one transaction. */
export function createSettingsHandlers(
  { settings, log, transact }: Pick<StationRecords, 'settings' | 'log' | 'transact'>,
  idleTime: IdleTime,
): SettingsHandlers {
  const view = (): { name: string; idleMinutes: number } => ({
    name: settings.get('name') ?? '',
    idleMinutes: idleTime.minutes(),
  });
  const record = ({ operator }: Caller, data: AuditEventDraft['data']) =>
    log.append({
      type: 'station.setting-changed',
      actor: { kind: 'operator', id: operator.id, username: operator.username },
      outcome: 'done',
      subject: {},
      data,
    });
  return {
    'station.settings': () => accept(view()),
    'station.rename': ({ name }, caller) =>
      transact(() => {
        record(caller, { setting: 'name', before: settings.get('name'), after: name });
        settings.set('name', name);
        return accept(view());
      }),
    'station.set-idle-time': ({ minutes }, caller) =>
      transact(() => {
        record(caller, { setting: 'session-idle-minutes', before: idleTime.minutes(), after: minutes });
        idleTime.set(minutes);
        return accept(view());
      }),
  };
}
