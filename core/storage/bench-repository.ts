import * as v from 'valibot';
import { BenchPlace } from '../../contract/schema/bench.ts';
import type { BenchRepository } from '../device/repository.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Keeps the bench map in SQLite. */
export function createBenchRepository(connection: SqliteConnection): BenchRepository {
  const all = connection.prepare('SELECT position, name, number FROM bench_place ORDER BY position');
  const clear = connection.prepare('DELETE FROM bench_place');
  const insert = connection.prepare<[BenchPlace]>(
    'INSERT INTO bench_place (position, name, number) VALUES (@position, @name, @number)',
  );
  return {
    // Our own row, read as strictly as a foreign one: a name reaches terminals and papers.
    places: () => all.all().map((row) => v.parse(BenchPlace, row)),
    replacePlaces: (places) => {
      clear.run();
      for (const place of places) insert.run(place);
    },
  };
}
