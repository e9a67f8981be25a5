import type { FactorRepository, StoredFactor } from '../operator/factor/repository.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface FactorRow {
  readonly operator_id: string;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
  readonly last_step: number;
  readonly enrolled_at: string;
}

/** Keeps second factors in SQLite (migration 0011). */
export function createFactorRepository(connection: SqliteConnection): FactorRepository {
  const find = connection.prepare<[string], FactorRow>('SELECT * FROM second_factor WHERE operator_id = ?');
  const insert = connection.prepare<[FactorRow]>(
    `INSERT INTO second_factor (operator_id, nonce, sealed, last_step, enrolled_at)
     VALUES (@operator_id, @nonce, @sealed, @last_step, @enrolled_at)`,
  );
  const remove = connection.prepare<[string]>('DELETE FROM second_factor WHERE operator_id = ?');
  const acceptStep = connection.prepare<[number, string, number]>(
    'UPDATE second_factor SET last_step = ? WHERE operator_id = ? AND last_step < ?',
  );
  const insertCode = connection.prepare<[string, string]>(
    'INSERT INTO recovery_code (operator_id, code_sha256) VALUES (?, ?)',
  );
  const takeCode = connection.prepare<[string, string]>(
    'DELETE FROM recovery_code WHERE operator_id = ? AND code_sha256 = ?',
  );
  const removeCodes = connection.prepare<[string]>('DELETE FROM recovery_code WHERE operator_id = ?');
  const countCodes = connection
    .prepare<[string], number>('SELECT count(*) FROM recovery_code WHERE operator_id = ?')
    .pluck();

  const repository: FactorRepository = {
    findFactor: (operatorId) => {
      const row = find.get(operatorId);
      return row === undefined ? null : readFactor(row);
    },
    replaceFactor: ({ operatorId, secret, lastStep, enrolledAt }, recoveryCodes) => {
      repository.removeFactor(operatorId);
      insert.run({
        operator_id: operatorId,
        nonce: Buffer.from(secret.nonce),
        sealed: Buffer.from(secret.sealed),
        last_step: lastStep,
        enrolled_at: enrolledAt,
      });
      repository.replaceRecoveryCodes(operatorId, recoveryCodes);
    },
    acceptStep: (operatorId, step) => {
      const { changes } = acceptStep.run(step, operatorId, step);
      if (changes !== 1) throw new Error(`the time step ${step} of operator ${operatorId} is used up`);
    },
    replaceRecoveryCodes: (operatorId, recoveryCodes) => {
      removeCodes.run(operatorId);
      for (const code of recoveryCodes) insertCode.run(operatorId, code);
    },
    takeRecoveryCode: (operatorId, codeSha256) => takeCode.run(operatorId, codeSha256).changes === 1,
    countRecoveryCodes: (operatorId) => countCodes.get(operatorId) ?? 0,
    removeFactor: (operatorId) => {
      removeCodes.run(operatorId);
      remove.run(operatorId);
    },
  };
  return repository;
}

function readFactor({ operator_id, nonce, sealed, last_step, enrolled_at }: FactorRow): StoredFactor {
  return { operatorId: operator_id, secret: { nonce, sealed }, lastStep: last_step, enrolledAt: enrolled_at };
}
