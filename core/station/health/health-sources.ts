import { accept } from '../../../contract/result.ts';
import { findMissingDecoders } from '../../bundle/delta/decoder-self-test.ts';
import type { UsbScanner } from '../../device/usb-scanner.ts';
import { readVersion } from '../../storage/migrate.ts';
import { findMissingAlgorithms } from '../../trust/algorithm-self-test.ts';
import type { RoomContext } from '../room-context.ts';
import type { Stock } from '../stock.ts';
import { stationVersion } from '../version.ts';
import type { HealthSources, LogVerification } from './check-health.ts';
import type { DiskMeter } from './disk-space.ts';

export interface HealthSourceParts extends RoomContext {
  readonly stock: Stock;
  readonly scanner: Pick<UsbScanner, 'list'>;
  readonly secretStore: HealthSources['secretStore'];
  readonly measureDisk: DiskMeter;
  readonly openedAt: Date;
}

/** What the look at the station asks, of the rooms as they are. */
export function createHealthSources(parts: HealthSourceParts): HealthSources {
  const { clock, connection, dataFolder, openedAt, records, scanner, secretStore, stock } = parts;
  return {
    now: () => clock.now(),
    missingAlgorithms: () => [...findMissingAlgorithms(), ...findMissingDecoders()],
    openedAt,
    schemaVersion: readVersion(connection),
    auditEvents: () => records.log.size(),
    lastVerification: () => findLastVerification(records.log),
    trustedNow: () => stock.importPorts.trustedNow(),
    timeFloor: () => stock.trust.timeFloor(),
    unitsOnBench: async () => {
      const units = await scanner.list();
      return units.ok ? accept(units.value.length) : units;
    },
    diskSpace: () => parts.measureDisk(dataFolder),
    secretStore,
    version: stationVersion,
  };
}

/** The log itself says when it was last verified, so that the answer outlives a restart. */
function findLastVerification(log: RoomContext['records']['log']): LogVerification | null {
  const [event] = log.list({ filter: { types: ['audit.verified'] }, limit: 1 });
  if (event === undefined) return null;
  const { data, outcome, time } = event;
  return { at: new Date(time), events: Number(data['size']), intact: outcome === 'done' };
}
