import type { StationEvent } from '../../contract/events.ts';
import { LogVerifier } from '../audit/log-verifier.ts';
import { recordVerification } from '../audit/verification-event.ts';
import type { Clock } from '../ports.ts';
import type { StationDatabase } from '../storage/open-database.ts';
import type { StationRecords } from './records.ts';

type Emit = (event: StationEvent) => void;

/** The verifier of the station's log; its progress is told to whoever listens. */
export function createLogVerifier(records: StationRecords, clock: Clock, emit: Emit): LogVerifier {
  const { auditRepository: repository, headFile, witnesses, seal, stationId } = records;
  return new LogVerifier({
    repository,
    headFile,
    witnesses,
    stationId,
    key: seal.verifierKey,
    clock,
    onProgress: (progress) => emit({ type: 'audit.verifying', progress }),
  });
}

/** Tells of every transaction that made the log longer, once it is durable. */
export function tellOfGrowth(database: StationDatabase, { log }: StationRecords, emit: Emit): void {
  let told = log.size();
  database.afterCommit(() => {
    const size = log.size();
    if (size === told) return;
    told = size;
    emit({ type: 'audit.grown', size });
  });
}

/** Verifies the log beside the work. A station that closes before it ends has verified nothing, and says nothing. */
export function verifyAtStart(records: StationRecords, verifier: LogVerifier): void {
  const verify = async (): Promise<void> => {
    const verification = await verifier.verify('whole');
    recordVerification(records, verification, { kind: 'station' });
  };
  verify().catch((error: unknown) => {
    if (!verifier.isStopped) process.emitWarning(error instanceof Error ? error : String(error));
  });
}
