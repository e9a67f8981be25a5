import { accept, type Result } from '../../../contract/result.ts';
import type { AuditLog } from '../audit-log.ts';
import type { VerifierKey } from '../verifier-key.ts';
import { checkKeptCosignature, type CosignedLog } from './kept-cosignature.ts';
import type { WitnessRepository } from './repository.ts';

/** The log as the station writes it. Asking for a root throws a `RefusalError` where a node is missing. */
export function cosignedLog(log: AuditLog, key: VerifierKey): CosignedLog {
  return { key, size: log.size(), rootAt: (size) => log.root(size) };
}

/**
 * To be called when the station opens, as the check of the log's seal is: the log still begins with what each confirmed witness cosigned last.
 * Cost: O(log n) for each witness, however many cosignatures are kept. Refuses as `checkKeptCosignature` does.
 */
export function checkNewestCosignatures(log: AuditLog, key: VerifierKey, witnesses: WitnessRepository): Result<void> {
  const cosigned = cosignedLog(log, key);
  for (const { kind, name, verifierKey } of witnesses.keys()) {
    const kept = witnesses.cosignature({ witness: name, size: witnesses.newestCosignedSize(name) });
    if (kind !== 'witness' || kept?.verifierKey !== verifierKey) continue;
    const checked = checkKeptCosignature(kept, cosigned);
    if (!checked.ok) return checked;
  }
  return accept(undefined);
}
