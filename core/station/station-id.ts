import { randomUUID } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { Transact } from '../ports.ts';
import type { StationSettings } from '../station-settings.ts';

const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The station's id, a UUID; null where it has none yet. Refuses with `station.database-damaged` where something else stands in its place. */
export function readStationId(settings: StationSettings): Result<string | null> {
  const id = settings.get('id');
  return id === null || form.test(id) ? accept(id) : refuseDamaged();
}

/** As `readStationId`; a station that is new gets one, and any other that has none is damaged. */
export function readOrCreateStationId(settings: StationSettings, transact: Transact, isNew: boolean): Result<string> {
  const read = readStationId(settings);
  if (!read.ok) return read;
  if (read.value !== null) return accept(read.value);
  if (!isNew) return refuseDamaged();
  const id = randomUUID();
  transact(() => settings.set('id', id));
  return accept(id);
}

function refuseDamaged(): Result<never> {
  return refuse('station.database-damaged', 'The database station.db is damaged: the id of the station is not in it.');
}
