import { accept, refuse, type Result } from '../../contract/result.ts';
import type { AuditLog } from './audit-log.ts';
import { verifyCheckpoint, type VerifiedCheckpoint } from './checkpoint.ts';
import { sameHash } from './merkle-tree.ts';
import type { VerifierKey } from './verifier-key.ts';

/**
 * Checks that the log still begins with what a checkpoint once committed to: the head file, or a copy that a witness or an
 * auditor kept. `keys[0]` is the log's own key; further ones are the witnesses that are trusted.
 *
 * Refuses with `audit.checkpoint-foreign`, `audit.truncated`, `audit.root-mismatch`, or why it is no signed checkpoint.
 */
export function compareWithCheckpoint(
  log: AuditLog,
  note: Uint8Array,
  keys: readonly [VerifierKey, ...VerifierKey[]],
): Result<VerifiedCheckpoint> {
  const [logKey] = keys;
  const verified = verifyCheckpoint(note, keys);
  if (!verified.ok) return verified;
  const { checkpoint, signatures } = verified.value;
  if (!signatures.some(({ key }) => key === logKey)) {
    return refuse('audit.note-untrusted', `The log's own key ${logKey.name} has not signed the checkpoint.`);
  }
  const { origin, size, root } = checkpoint;
  if (origin !== logKey.name) {
    const reason = `The checkpoint is of the log ${origin}, not of ${logKey.name}.`;
    return refuse('audit.checkpoint-foreign', reason, { origin, expected: logKey.name });
  }
  if (size > BigInt(log.size())) {
    const reason = `The audit log was cut short: a signed checkpoint covers ${size} events, but only ${log.size()} are left.`;
    return refuse('audit.truncated', reason, { signedSize: String(size), size: log.size() });
  }
  if (!sameHash(root, log.root(Number(size)))) {
    const reason = `The audit log was changed: events 1 to ${size} do not have the root hash that was signed.`;
    return refuse('audit.root-mismatch', reason, { size: String(size) });
  }
  return accept(verified.value);
}
