import { accept, refuse, type Result } from '../../contract/result.ts';
import type { AuditVerification } from '../../contract/schema/audit.ts';
import { originOf } from '../audit/checkpoint.ts';
import { createHeadFile } from '../audit/head-file.ts';
import { createFileSecrets, type SecretStore } from '../audit/secret-store.ts';
import { loadStationKey } from '../audit/station-key.ts';
import { makeVerifierKey } from '../audit/verifier-key.ts';
import { verifyAuditLog } from '../audit/verify-audit-log.ts';
import { createAuditRepository } from '../storage/audit-repository.ts';
import { openDatabase } from '../storage/open-database.ts';
import { createStationRepository } from '../storage/station-repository.ts';
import { createWitnessRepository } from '../storage/witness-repository.ts';
import { systemClock } from '../system-clock.ts';
import { isNewLog, readStationId } from './station-id.ts';

/**
 * Verifies the log of a station that does not open because its log was tampered with, and changes nothing in it. Whoever can read the
 * data folder can do so without Drydock, so no operator is asked for. Refuses as opening the database does, and with
 * `station.key-damaged`, `station.not-initialised`.
 */
export async function inspectAuditLog(
  dataFolder: string,
  secrets: SecretStore = createFileSecrets(dataFolder),
): Promise<Result<AuditVerification>> {
  const key = loadStationKey(secrets);
  if (!key.ok) return key;
  const database = openDatabase({ folder: dataFolder, clock: systemClock });
  if (!database.ok) return database;
  try {
    const { connection } = database.value;
    const headFile = createHeadFile(dataFolder);
    const repository = createAuditRepository(connection);
    const id = readStationId(createStationRepository(connection), isNewLog(repository, headFile));
    if (!id.ok) return id;
    const stationId = id.value;
    if (stationId === null) return refuse('station.not-initialised', `There is no station in ${dataFolder}.`);
    return accept(
      await verifyAuditLog({
        repository,
        headFile,
        witnesses: createWitnessRepository(connection),
        stationId,
        key: makeVerifierKey(originOf(stationId), key.value.publicKey),
      }),
    );
  } finally {
    database.value.close();
  }
}
