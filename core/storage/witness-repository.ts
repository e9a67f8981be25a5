import type { CosignatureId, KeptCosignature, NoteKeyKind, WitnessRepository } from '../audit/witness/repository.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface KeyRow {
  readonly kind: NoteKeyKind;
  readonly name: string;
  readonly verifier_key: string;
  readonly confirmed_at: string;
  readonly confirmed_by: string;
}

interface LogRow {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
  readonly cosigned_at: string;
}

interface CosignatureRow {
  readonly witness: string;
  readonly size: number;
  readonly verifier_key: string;
  readonly cosigned_at: string | null;
  readonly note: string;
  readonly kept_at: string;
}

/** Keeps cosignatures, and whom they concern, in the tables of migration 0015. */
export function createWitnessRepository(connection: SqliteConnection): WitnessRepository {
  const keys = connection.prepare<[], KeyRow>('SELECT * FROM note_key ORDER BY kind, name');
  const insertKey = connection.prepare<[KeyRow]>(
    `INSERT INTO note_key (kind, name, verifier_key, confirmed_at, confirmed_by)
     VALUES (@kind, @name, @verifier_key, @confirmed_at, @confirmed_by)`,
  );
  const deleteKey = connection.prepare<[NoteKeyKind, string]>('DELETE FROM note_key WHERE kind = ? AND name = ?');
  const logs = connection.prepare<[], LogRow>('SELECT * FROM witnessed_log ORDER BY origin');
  const putLog = connection.prepare<[LogRow]>(
    `INSERT INTO witnessed_log (origin, size, root, cosigned_at) VALUES (@origin, @size, @root, @cosigned_at)
     ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, cosigned_at = excluded.cosigned_at`,
  );
  const cosignatures = connection.prepare<[number], CosignatureRow>(
    'SELECT * FROM kept_cosignature ORDER BY size DESC, witness LIMIT ?',
  );
  const newest = connection
    .prepare<[string], number>('SELECT coalesce(max(size), 0) FROM kept_cosignature WHERE witness = ?')
    .pluck();
  const cosignatureIds = connection.prepare<[], CosignatureId>(
    'SELECT witness, size FROM kept_cosignature ORDER BY size, witness',
  );
  const cosignature = connection.prepare<[string, number], CosignatureRow>(
    'SELECT * FROM kept_cosignature WHERE witness = ? AND size = ?',
  );
  const insertCosignature = connection.prepare<[CosignatureRow]>(
    `INSERT INTO kept_cosignature (witness, size, verifier_key, cosigned_at, note, kept_at)
     VALUES (@witness, @size, @verifier_key, @cosigned_at, @note, @kept_at)`,
  );

  return {
    keys: () =>
      keys.all().map(({ kind, name, verifier_key, confirmed_at, confirmed_by }) => {
        return { kind, name, verifierKey: verifier_key, confirmedAt: confirmed_at, confirmedBy: confirmed_by };
      }),
    addKey: ({ kind, name, verifierKey, confirmedAt, confirmedBy }) =>
      void insertKey.run({
        kind,
        name,
        verifier_key: verifierKey,
        confirmed_at: confirmedAt,
        confirmed_by: confirmedBy,
      }),
    removeKey: (kind, name) => void deleteKey.run(kind, name),
    witnessedLogs: () => logs.all().map(({ cosigned_at, ...log }) => ({ ...log, cosignedAt: cosigned_at })),
    putWitnessedLog: ({ origin, size, root }, cosignedAt) =>
      void putLog.run({ origin, size, root: Buffer.from(root), cosigned_at: cosignedAt }),
    cosignatures: (limit) => cosignatures.all(limit).map(cosignatureFrom),
    newestCosignedSize: (witness) => newest.get(witness) ?? 0,
    cosignatureIds: () => cosignatureIds.all(),
    cosignature({ witness, size }) {
      const row = cosignature.get(witness, size);
      return row === undefined ? null : cosignatureFrom(row);
    },
    addCosignature: ({ witness, verifierKey, size, cosignedAt, note, keptAt }) =>
      void insertCosignature.run({
        witness,
        size,
        verifier_key: verifierKey,
        cosigned_at: cosignedAt,
        note,
        kept_at: keptAt,
      }),
  };
}

function cosignatureFrom(row: CosignatureRow): KeptCosignature {
  const { witness, size, verifier_key: verifierKey, cosigned_at: cosignedAt, note, kept_at: keptAt } = row;
  return { witness, verifierKey, size, cosignedAt, note, keptAt };
}
