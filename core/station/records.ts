import { accept, type Result } from '../../contract/result.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createHeadFile, type HeadFile } from '../audit/head-file.ts';
import { LogSeal } from '../audit/log-seal.ts';
import type { AuditRepository } from '../audit/repository.ts';
import type { SecretStore } from '../audit/secret-store.ts';
import { loadOrCreateStationKey, loadStationKey, type StationKey } from '../audit/station-key.ts';
import { checkNewestCosignatures } from '../audit/witness/newest-cosignatures.ts';
import type { WitnessRepository } from '../audit/witness/repository.ts';
import type { Clock, RandomBytes, Transact } from '../ports.ts';
import type { StationSettings } from '../station-settings.ts';
import { createAuditRepository } from '../storage/audit-repository.ts';
import type { StationDatabase } from '../storage/open-database.ts';
import { createStationRepository } from '../storage/station-repository.ts';
import { createWitnessRepository } from '../storage/witness-repository.ts';
import { isNewLog, readOrCreateStationId } from './station-id.ts';

/** The station's memory: its settings, its key, and its sealed log. */
export interface StationRecords {
  readonly settings: StationSettings;
  readonly stationId: string;
  readonly key: StationKey;
  readonly log: AuditLog;
  readonly seal: LogSeal;
  readonly auditRepository: AuditRepository;
  readonly headFile: HeadFile;
  readonly witnesses: WitnessRepository;
  readonly transact: Transact;
}

export interface RecordsPlace {
  readonly database: StationDatabase;
  readonly dataFolder: string;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

/**
 * Opens the log and checks that it is the one this station sealed, before anything is appended. From here on every transaction is
 * sealed with a signed checkpoint. Refuses with `station.key-damaged`, `station.database-damaged` or the `audit.…` code of what is wrong with the log.
 */
export function openRecords({
  database,
  dataFolder,
  secrets,
  clock,
  randomBytes,
}: RecordsPlace): Result<StationRecords> {
  const { connection, transact } = database;
  const auditRepository = createAuditRepository(connection);
  const headFile = createHeadFile(dataFolder);
  const isNew = isNewLog(auditRepository, headFile);
  const key = isNew ? loadOrCreateStationKey(secrets, randomBytes) : loadStationKey(secrets);
  if (!key.ok) return key;
  const settings = createStationRepository(connection);
  const id = readOrCreateStationId(settings, transact, isNew);
  if (!id.ok) return id;
  const stationId = id.value;
  const log = new AuditLog({ repository: auditRepository, stationId, clock });
  const seal = new LogSeal({ log, repository: auditRepository, headFile, stationId, ...key.value });
  const sealed = seal.check();
  if (!sealed.ok) return sealed;
  const witnesses = createWitnessRepository(connection);
  const cosigned = checkNewestCosignatures(log, seal.verifierKey, witnesses);
  if (!cosigned.ok) return cosigned;
  database.beforeCommit(() => seal.seal());
  database.afterCommit(() => seal.publish());
  return accept({ settings, stationId, key: key.value, log, seal, auditRepository, headFile, witnesses, transact });
}
