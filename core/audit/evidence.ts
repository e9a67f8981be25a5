import { accept, refuse, RefusalError, type Refusal, type Result } from '../../contract/result.ts';
import type { AuditEvidence, AuditFault, AuditInclusion, AuditRow } from '../../contract/schema/audit-log.ts';
import { readStored, type AuditLog } from './audit-log.ts';
import { hashLeaf } from './merkle-tree.ts';
import type { AuditRepository, StoredEvent } from './repository.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts';
import { formatVerifierKey, type VerifierKey } from './verifier-key.ts';

export interface EvidenceSources {
  readonly log: AuditLog;
  readonly repository: AuditRepository;
  /** The log's own key. */
  readonly key: VerifierKey;
}

/** A stored event as it is read, whole or with its fault. */
export function readRow(stored: StoredEvent): AuditRow {
  const event = readStored(stored);
  return event.ok
    ? { seq: stored.seq, event: event.value, fault: null }
    : { seq: stored.seq, event: null, fault: faultOf(event) };
}

/**
 * Everything that proves an event, and whether it does: what is handed out is read again as a stranger reads it, under the log's own key.
 * Refuses with `audit.event-unknown`.
 */
export function collectEvidence(seq: number, sources: EvidenceSources): Result<AuditEvidence> {
  const stored = sources.repository.event(seq);
  if (stored === null) return refuse('audit.event-unknown', `The audit log has no event ${seq}.`, { seq });
  const row = readRow(stored);
  const inclusion = proveInclusion(stored, sources);
  return accept({
    ...row,
    fault: row.fault ?? (inclusion.ok ? inclusion.value.fault : faultOf(inclusion)),
    leaf: Buffer.from(stored.leaf).toString('utf8'),
    leafSha256: hex(hashLeaf(stored.leaf)),
    inclusion: inclusion.ok ? inclusion.value.inclusion : null,
    verifierKey: formatVerifierKey(sources.key),
  });
}

function proveInclusion(
  { seq, leaf }: StoredEvent,
  { log, key }: EvidenceSources,
): Result<{ inclusion: AuditInclusion; fault: AuditFault | null }> {
  try {
    const treeSize = log.size();
    const hashes = log.inclusionProof(seq, treeSize);
    const checkpoint = log.checkpoint() ?? '';
    const proofFile = formatTlogProof({ index: BigInt(seq - 1), hashes, checkpoint, extra: null });
    const proof = parseTlogProof(proofFile);
    const verified = proof.ok ? verifyTlogProof(proof.value, leaf, [key]) : proof;
    return accept({
      inclusion: {
        treeSize,
        rootSha256: hex(log.root(treeSize)),
        siblingsSha256: hashes.map(hex),
        checkpoint,
        proofFile,
      },
      fault: verified.ok ? null : faultOf(verified),
    });
  } catch (error) {
    // The tree over the event was damaged.
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

function faultOf({ code, reason }: Refusal): AuditFault {
  return { code, reason };
}

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex');
}
