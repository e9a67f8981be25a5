import type { ClockWatch } from '../trust/time-floor.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface WatchRow {
  readonly newest: string;
  readonly jump_seq: number | null;
  readonly jump_from: string | null;
  readonly jump_to: string | null;
}

/** Reads what the triggers of migration 0008 keep of the clock with every event; null before the first. */
export function createClockWatch(connection: SqliteConnection): () => ClockWatch | null {
  const watch = connection.prepare<[], WatchRow>('SELECT newest, jump_seq, jump_from, jump_to FROM clock_watch');
  return () => {
    const row = watch.get();
    if (row === undefined) return null;
    const { newest, jump_seq: seq, jump_from: from, jump_to: to } = row;
    const hasJump = seq !== null && from !== null && to !== null;
    return { newest: new Date(newest), jump: hasJump ? { seq, from: new Date(from), to: new Date(to) } : null };
  };
}
