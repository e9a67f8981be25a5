import * as v from 'valibot';
import { isErrorCode, type ErrorCode } from '../error-code.ts';
import { auditEventTypes } from '../plain/audit-event-types.ts';

export const AuditEventTypeSchema = v.picklist(auditEventTypes);
export type AuditEventType = v.InferOutput<typeof AuditEventTypeSchema>;

/** `done`: it happened. `refused`: a check said no. `failed`: it was tried and did not work. */
export const AuditOutcomeSchema = v.picklist(['done', 'refused', 'failed']);
export type AuditOutcome = v.InferOutput<typeof AuditOutcomeSchema>;

/** Who did it: an operator, or the station by itself. */
export const AuditActorSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('station') }),
  v.strictObject({ kind: v.literal('operator'), id: v.string(), username: v.string() }),
]);
export type AuditActor = v.InferOutput<typeof AuditActorSchema>;

/** What it was done to: the identifiers by which an event is found again. Digests are lower-case hex. */
export const AuditSubjectSchema = v.objectWithRest(
  {
    bundle: v.exactOptional(v.string()),
    job: v.exactOptional(v.string()),
    unit: v.exactOptional(v.string()),
    operator: v.exactOptional(v.string()),
    approval: v.exactOptional(v.string()),
  },
  v.string(),
);
export type AuditSubject = Readonly<v.InferOutput<typeof AuditSubjectSchema>>;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const JsonSchema: v.GenericSchema<Json> = v.lazy(() =>
  v.union([v.null(), v.boolean(), v.pipe(v.number(), v.finite()), v.string(), v.array(JsonSchema), JsonObjectSchema]),
);
const JsonObjectSchema: v.GenericSchema<{ readonly [key: string]: Json }> = v.record(v.string(), JsonSchema);

/** An event as it stands in the log. `time` is the station's clock, UTC with milliseconds; `seq` counts from 1 and orders. */
export const AuditEventSchema = v.strictObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  time: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'not UTC with milliseconds')),
  station: v.pipe(v.string(), v.nonEmpty()),
  type: AuditEventTypeSchema,
  actor: AuditActorSchema,
  outcome: AuditOutcomeSchema,
  subject: AuditSubjectSchema,
  /** The refusal's error code. A plain string here, because the code of an old event may be retired by now. */
  code: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z-]+\.[a-z0-9-]+$/, 'not an error code'))),
  data: JsonObjectSchema,
});
export type AuditEvent = Readonly<v.InferOutput<typeof AuditEventSchema>>;

/** One thing that is wrong with the log, and the events it concerns (`fromSeq` to `toSeq`, both included). */
export const AuditFindingSchema = v.strictObject({
  code: v.custom<ErrorCode>(isErrorCode),
  reason: v.string(),
  fromSeq: v.number(),
  toSeq: v.number(),
});
export type AuditFinding = Readonly<v.InferOutput<typeof AuditFindingSchema>>;

/** What others say of the log, as far as it is kept here. */
export const CosignatureSummarySchema = v.strictObject({
  /** Kept cosignatures that the log fits, and those that do not count because the key of their witness was removed. */
  verified: v.number(),
  uncounted: v.number(),
  /** Up to which event each witness vouches for the log, the furthest first; empty where anything is wrong with the log. */
  upTo: v.array(v.strictObject({ witness: v.string(), size: v.number() })),
});
export type CosignatureSummary = Readonly<v.InferOutput<typeof CosignatureSummarySchema>>;

/** What a check of the whole log found. */
export const AuditVerificationSchema = v.strictObject({
  /** Nothing was found. */
  intact: v.boolean(),
  /** Events that were read, and the root hash over them, hex; null where events are missing. */
  size: v.number(),
  rootSha256: v.nullable(v.string()),
  /** Signed checkpoints that were verified. */
  checkpoints: v.number(),
  cosignatures: CosignatureSummarySchema,
  /** The first hundred. */
  findings: v.array(AuditFindingSchema),
  findingsOmitted: v.number(),
});
export type AuditVerification = Readonly<v.InferOutput<typeof AuditVerificationSchema>>;
