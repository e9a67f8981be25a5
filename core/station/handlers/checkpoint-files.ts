import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { NoteKey } from '../../../contract/schema/witness.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { formatVerifierKey, keySha256Of, type VerifierKey } from '../../audit/verifier-key.ts';
import type { Transact } from '../../ports.ts';
import type { NamedBytes } from '../../report/write-files.ts';
import { actorOf } from './audit-handlers.ts';

export interface CheckpointSources {
  readonly log: AuditLog;
  readonly transact: Transact;
}

/** The newest checkpoint: that it was handed out is the last event that it covers. */
export function takeCheckpoint({ log, transact }: CheckpointSources, operator: OperatorView): Result<string> {
  transact(() =>
    log.append({
      type: 'audit.checkpoint-exported',
      actor: actorOf(operator),
      outcome: 'done',
      subject: {},
      data: { size: log.size() },
    }),
  );
  const checkpoint = log.checkpoint();
  return checkpoint === null ? refuse('audit.event-unknown', 'The audit log is empty.') : accept(checkpoint);
}

/** A verifier key as a file. */
export function keyFile(name: string, key: VerifierKey): NamedBytes {
  return { name, bytes: Buffer.from(`${formatVerifierKey(key)}\n`) };
}

export function viewNoteKey(key: VerifierKey): NoteKey {
  const kind = key.type === 'ed25519' ? 'log' : 'witness';
  return { kind, name: key.name, verifierKey: formatVerifierKey(key), keySha256: keySha256Of(key) };
}
