import type { StationSettings } from '../station-settings.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Keeps the station's settings in the table `station`. */
export function createStationRepository(connection: SqliteConnection): StationSettings {
  const select = connection.prepare<[string], string>('SELECT value FROM station WHERE key = ?').pluck();
  const upsert = connection.prepare<[string, string]>(
    'INSERT INTO station (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get: (key) => select.get(key) ?? null,
    set: (key, value) => void upsert.run(key, value),
  };
}
