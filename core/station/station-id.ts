import { randomUUID } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { HeadFile } from '../audit/head-file.ts';
import type { AuditRepository } from '../audit/repository.ts';
import type { Transact } from '../ports.ts';
import type { StationSettings } from '../station-settings.ts';

const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a log has never begun here: a station that has one, or had one, has an id and a key, and new ones would orphan every checkpoint. */
export function isNewLog(repository: Pick<AuditRepository, 'lastSeq'>, headFile: Pick<HeadFile, 'read'>): boolean {
  return repository.lastSeq() === 0 && headFile.read() === null;
}

/**
 * The station's id, a UUID; null where the station is new and has none yet. Refuses with `station.database-damaged` where something
 * else stands in its place, or nothing although the log has begun.
 * @param isNew as `isNewLog` says
 */
export function readStationId(settings: StationSettings, isNew: boolean): Result<string | null> {
  const id = settings.get('id');
  if (id === null) return isNew ? accept(null) : refuseDamaged();
  return form.test(id) ? accept(id) : refuseDamaged();
}

/** As `readStationId`; a station that is new gets an id. */
export function readOrCreateStationId(settings: StationSettings, transact: Transact, isNew: boolean): Result<string> {
  const read = readStationId(settings, isNew);
  if (!read.ok) return read;
  if (read.value !== null) return accept(read.value);
  const id = randomUUID();
  transact(() => settings.set('id', id));
  return accept(id);
}

function refuseDamaged(): Result<never> {
  return refuse('station.database-damaged', 'The database station.db is damaged: the id of the station is not in it.');
}
