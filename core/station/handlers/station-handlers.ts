import { createHash } from 'node:crypto';
import { accept, refuse } from '../../../contract/result.ts';
import type { StationView } from '../../../contract/schema/station.ts';
import type { Operators } from '../../operator/operators.ts';
import type { Policies } from '../../policy/policies.ts';
import type { Handlers } from '../dispatch.ts';
import type { StationRecords } from '../records.ts';
import { stationVersion } from '../version.ts';

export interface StationHandlerDeps {
  readonly records: StationRecords;
  readonly operators: Operators;
  readonly policies: Policies;
  readonly training: boolean;
  /** The policy that is in force until an administrator installs another. */
  readonly defaultPolicy: Uint8Array;
}

/** What the station is, and its set-up. */
export function createStationHandlers(
  deps: StationHandlerDeps,
): Pick<Handlers, 'station.status' | 'station.initialise'> {
  const { records, operators, policies, training, defaultPolicy } = deps;
  const view = (): StationView => {
    const name = records.settings.get('name');
    return {
      initialised: name !== null,
      id: records.stationId,
      name,
      version: stationVersion,
      keySha256: createHash('sha256')
        .update(records.key.publicKey.export({ format: 'der', type: 'spki' }))
        .digest('hex'),
      training,
    };
  };
  return {
    'station.status': () => accept(view()),
    'station.initialise': async ({ name, administrator }) => {
      if (records.settings.get('name') !== null) {
        return refuse('station.already-initialised', 'This data folder already holds a station.');
      }
      const made = await operators.createFirstAdministrator(administrator, () => {
        records.settings.set('name', name);
        records.log.append({
          type: 'station.initialised',
          actor: { kind: 'station' },
          outcome: 'done',
          subject: {},
          data: { name, version: stationVersion, training },
        });
        const installed = policies.install(defaultPolicy, null);
        if (!installed.ok) throw new Error(`the default policy is refused: ${installed.reason}`);
      });
      return made.ok ? accept(view()) : made;
    },
  };
}
