import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from '../error-code.ts';
import { AuditEventSchema, AuditVerificationSchema } from './audit.ts';
import { Sha256 } from './bundle.ts';

/** Why a stored event cannot be believed. */
export const AuditFault = v.strictObject({ code: v.custom<ErrorCode>(isErrorCode), reason: v.string() });
export type AuditFault = Readonly<v.InferOutput<typeof AuditFault>>;

/** A row of the log as it is read: an event that was tampered with is a row too, with its fault in the event's place. */
export const AuditRow = v.strictObject({
  seq: v.number(),
  event: v.nullable(AuditEventSchema),
  fault: v.nullable(AuditFault),
});
export type AuditRow = Readonly<v.InferOutput<typeof AuditRow>>;

/** The way from an event to a signed checkpoint (RFC 6962 §2.1.1). */
export const AuditInclusion = v.strictObject({
  treeSize: v.number(),
  rootSha256: Sha256,
  /** Sibling hashes, hex, leaf side first. */
  siblingsSha256: v.array(Sha256),
  /** The signed note (C2SP tlog-checkpoint). */
  checkpoint: v.string(),
  /** All of it as a file (C2SP tlog-proof). */
  proofFile: v.string(),
});
export type AuditInclusion = Readonly<v.InferOutput<typeof AuditInclusion>>;

/** An event with everything that a verifier without the log needs. `fault` null: text, hash, proof and signature were verified just now. */
export const AuditEvidence = v.strictObject({
  ...AuditRow.entries,
  /** The exact text whose bytes are hashed. */
  leaf: v.string(),
  /** SHA-256(00 ‖ leaf). */
  leafSha256: Sha256,
  /** Null where the tree over the event was damaged. */
  inclusion: v.nullable(AuditInclusion),
  verifierKey: v.string(),
});
export type AuditEvidence = Readonly<v.InferOutput<typeof AuditEvidence>>;

/** How much of the log was verified since the station was opened, and when it was read, by the station's clock. */
export const AuditVerificationState = v.strictObject({
  /** Events in the log now. */
  size: v.number(),
  /** Null while nothing is read. */
  running: v.nullable(v.strictObject({ doneEvents: v.number(), ofEvents: v.number() })),
  /** The last reading of the whole log: of the events from 1 to `size`. */
  whole: v.nullable(v.strictObject({ at: v.string(), size: v.number() })),
  /** What was read on top of it later: the events from `fromSeq` to `toSeq`. */
  newer: v.nullable(v.strictObject({ at: v.string(), fromSeq: v.number(), toSeq: v.number() })),
  /** What both found together; null before the first reading ended. */
  verification: v.nullable(AuditVerificationSchema),
});
export type AuditVerificationState = Readonly<v.InferOutput<typeof AuditVerificationState>>;
