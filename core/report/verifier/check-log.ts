import type { KeyObject } from 'node:crypto';
import { refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import { originOf, verifyCheckpoint, type Checkpoint } from '../../audit/checkpoint.ts';
import { parseLeaf } from '../../audit/event.ts';
import { hashLeaf, verifyInclusion } from '../../audit/merkle-tree.ts';
import { isKeyName, makeVerifierKey } from '../../audit/verifier-key.ts';
import { found, type Finding } from './check-list.ts';

/** A report of either kind. */
type Logged = Pick<ReportModel, 'log' | 'station'>;

/** The checkpoint is of the station's own log and signed with the key that signed the report (C2SP tlog-checkpoint). */
export function checkCheckpoint({ log, station }: Logged, key: KeyObject): Result<Finding<Checkpoint>> {
  const origin = originOf(station.id);
  if (!isKeyName(origin))
    return refuse('report.checkpoint-invalid', `The station id "${station.id}" cannot name a log.`);
  const verified = verifyCheckpoint(Buffer.from(log.checkpoint), [makeVerifierKey(origin, key)]);
  if (!verified.ok) {
    const reason = `The checkpoint does not verify under the station's key: ${verified.reason}`;
    return refuse('report.checkpoint-invalid', reason, { cause: verified.code });
  }
  const { checkpoint } = verified.value;
  if (checkpoint.origin !== origin) {
    const reason = `The checkpoint is of the log ${checkpoint.origin}, not of ${origin}.`;
    return refuse('report.checkpoint-invalid', reason, { seen: checkpoint.origin, expected: origin });
  }
  return found(`The checkpoint over ${checkpoint.size} events of ${origin} is signed by the station.`, checkpoint);
}

/** Each leaf is an event in its one spelling, has the stated hash and number, is of this station; numbers ascend. */
export function checkEvents({ log, station }: Logged): Result<Finding<readonly AuditEvent[]>> {
  const events: AuditEvent[] = [];
  let before = 0;
  for (const { leaf, leafHash, seq } of log.events) {
    const event = parseLeaf(leaf);
    if (!event.ok) return refuseEvent(seq, `is damaged: ${event.reason}`);
    if (event.value.seq !== seq) return refuseEvent(seq, `stands in the place of event ${event.value.seq}.`);
    if (seq <= before) return refuseEvent(seq, `stands after event ${before}.`);
    if (event.value.station !== station.id)
      return refuseEvent(seq, `is of station ${event.value.station}, not of ${station.id}.`);
    if (hashHex(leaf) !== leafHash)
      return refuseEvent(seq, `has the leaf hash ${hashHex(leaf)}, but the report states ${leafHash}.`);
    before = seq;
    events.push(event.value);
  }
  return found(`All ${events.length} events are whole, in order and of station ${station.id}.`, events);
}

/** Each event is a leaf of the tree that the checkpoint is over (RFC 9162 §2.1.3.2). */
export function checkInclusion({ log }: Pick<Logged, 'log'>, { root, size }: Checkpoint): Result<Finding<true>> {
  for (const { leaf, proof, seq } of log.events) {
    const included = verifyInclusion({
      leafIndex: BigInt(seq) - 1n,
      treeSize: size,
      leafHash: hashLeaf(Buffer.from(leaf)),
      proof: proof.map((hash) => Buffer.from(hash, 'hex')),
      root,
    });
    if (included) continue;
    const reason = `Event ${seq} is not in the log: its inclusion proof does not lead to the checkpoint's root.`;
    return refuse('report.proof-invalid', reason, { seq });
  }
  return found(`The inclusion proofs of all ${log.events.length} events lead to the checkpoint's root.`, true);
}

function hashHex(leaf: string): string {
  return Buffer.from(hashLeaf(Buffer.from(leaf))).toString('hex');
}

function refuseEvent(seq: number, what: string): Result<never> {
  return refuse('report.event-invalid', `Event ${seq} ${what}`, { seq });
}
