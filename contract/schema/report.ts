import * as v from 'valibot';
import { BundleSigner, Sha256, UtcTime } from './bundle.ts';
import { ApprovalRecord } from './policy.ts';
import { UpdateJobView } from './update-job.ts';

/** A sentence of a report's conclusion. */
export const Line = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));
/** A name as it is printed. */
export const PrintedText = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const PublicKeyPem = v.pipe(
  v.string(),
  v.maxLength(1024),
  v.regex(/^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+\n-----END PUBLIC KEY-----\n$/, 'must be a public key in PEM'),
);

/** One leaf of the station's log: its exact text, and the path that leads from it to the checkpoint's root. */
export const ReportEvent = v.strictObject({
  /** Place in the log, from 1; the Merkle tree's leaf index is one less. */
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The leaf's exact text, RFC 8785 JSON of the audit event. */
  leaf: v.pipe(v.string(), v.minLength(2), v.maxLength(262_144)),
  /** RFC 6962 §2.1 leaf hash of `leaf`. */
  leafHash: Sha256,
  /** RFC 6962 §2.1.1 audit path, from the leaf's sibling up. */
  proof: v.pipe(v.array(Sha256), v.maxLength(64)),
});
export type ReportEvent = v.InferOutput<typeof ReportEvent>;

export const ReportStation = v.strictObject({
  id: PrintedText,
  name: PrintedText,
  /** Version of Drydock that made the report. */
  version: PrintedText,
  training: v.boolean(),
  publicKeyPem: PublicKeyPem,
  /** SHA-256 of the key's SubjectPublicKeyInfo (DER). */
  publicKeySha256: Sha256,
});
export type ReportStation = v.InferOutput<typeof ReportStation>;

/** `<name>.json` of a job's report (docs/reports.md). Strict: unknown keys are refused. */
export const ReportModel = v.strictObject({
  format: v.literal('drydock-report/1'),
  id: v.pipe(v.string(), v.regex(/^DR-[0-9a-f]{8}-\d{8}T\d{6}Z$/)),
  generatedAt: UtcTime,
  generatedBy: PrintedText,
  station: ReportStation,
  /** What was done to which unit; with what result; proven by what. */
  conclusion: v.strictObject({ what: Line, result: Line, proof: Line }),
  job: UpdateJobView,
  bundle: v.strictObject({
    digest: Sha256,
    /** manifest.json's exact text; its SHA-256 is `digest`. */
    manifest: v.pipe(v.string(), v.minLength(2), v.maxLength(1_048_576)),
    signers: v.pipe(v.array(BundleSigner), v.minLength(1), v.maxLength(64)),
  }),
  /** Text of the policy that the approvals name; null where none was applied. */
  policy: v.nullable(v.pipe(v.string(), v.minLength(2), v.maxLength(262_144))),
  /** Each as its signer signed it (21 CFR 11.50, 11.70). */
  approvals: v.pipe(v.array(ApprovalRecord), v.maxLength(64)),
  log: v.strictObject({
    /** C2SP tlog-checkpoint, signed by the station. */
    checkpoint: v.pipe(v.string(), v.minLength(1), v.maxLength(65_536)),
    /** In the order of the log. */
    events: v.pipe(v.array(ReportEvent), v.minLength(1), v.maxLength(10_000)),
  }),
});
export type ReportModel = v.InferOutput<typeof ReportModel>;

/** The checks of a report's verification, in the order in which they are made (docs/reports.md tells what each is). */
export const reportCheckNames = [
  'json',
  'schema',
  'canonical-form',
  'station-signature',
  'station-key',
  'checkpoint',
  'events',
  'inclusion',
  'job',
  'bundle',
  'versions',
  'approvals',
  'policy',
  'executed-by',
  'conclusion',
  'pdf',
] as const;
/** The checks of the report of a period: the same of each job, and its CSV. */
export const periodCheckNames = [...reportCheckNames, 'csv'] as const;
export const ReportCheckName = v.picklist(periodCheckNames);
export type ReportCheckName = v.InferOutput<typeof ReportCheckName>;

/** One named check, with one sentence on what was found. */
export const ReportCheck = v.strictObject({
  name: ReportCheckName,
  status: v.picklist(['passed', 'failed', 'not-done']),
  sentence: v.string(),
  /** Set where the check failed. */
  code: v.nullable(v.string()),
});
export type ReportCheck = v.InferOutput<typeof ReportCheck>;

/** What a report that passed all its checks may be taken for. */
export const ReportVerdict = v.strictObject({
  reportId: v.string(),
  /** SHA-256 of the JSON's bytes. */
  jsonSha256: Sha256,
  /** False: the report agrees with itself, but anybody could have signed it. */
  stationKeyTrusted: v.boolean(),
  training: v.boolean(),
  sentence: v.string(),
});
export type ReportVerdict = v.InferOutput<typeof ReportVerdict>;

/** Every check of a verification, and what follows: a verdict, or the refusal of the first check that failed. */
export const ReportVerificationView = v.strictObject({
  checks: v.array(ReportCheck),
  verdict: v.nullable(ReportVerdict),
  refusal: v.nullable(v.strictObject({ code: v.string(), reason: v.string() })),
});
export type ReportVerificationView = v.InferOutput<typeof ReportVerificationView>;
