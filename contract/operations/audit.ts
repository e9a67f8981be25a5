import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import {
  AuditEventSchema,
  AuditEventTypeSchema,
  AuditOutcomeSchema,
  AuditVerificationSchema,
} from '../schema/audit.ts';
import { AuditEvidence, AuditRow, AuditVerificationState } from '../schema/audit-log.ts';
import { Cosigner } from '../schema/witness.ts';
import { ReportFile } from '../schema/station.ts';
import { DiskPath, Nothing, Page } from './input.ts';

const Seq = v.pipe(v.number(), v.safeInteger());
const SearchText = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const Time = v.pipe(v.string(), v.isoTimestamp());

/** The audit log. */
export const auditOperations = {
  /** Whole events only: refused where one of them was tampered with. */
  'audit.list': {
    access: 'audit.read',
    input: v.strictObject({
      before: v.nullable(Seq),
      type: v.nullable(AuditEventTypeSchema),
      outcome: v.nullable(AuditOutcomeSchema),
      limit: Page,
    }),
    output: v.array(AuditEventSchema),
  },
  /**
   * Rows of the log, newest first, also those that were tampered with. `operator` is the username of who acted, `unit` a serial number;
   * `since` ≤ time < `until`. `before` gives the page of older events than that number, `after` the page of newer ones next to it.
   */
  'audit.search': {
    access: 'audit.read',
    input: v.strictObject({
      type: v.nullable(AuditEventTypeSchema),
      outcome: v.nullable(AuditOutcomeSchema),
      operator: v.nullable(SearchText),
      unit: v.nullable(SearchText),
      since: v.nullable(Time),
      until: v.nullable(Time),
      before: v.nullable(Seq),
      after: v.nullable(Seq),
      limit: Page,
    }),
    /** `size`: events in the log when it was read. */
    output: v.strictObject({ rows: v.array(AuditRow), size: v.number() }),
  },
  /** One event: its exact bytes, its hash, and the proof that leads to the newest checkpoint. */
  'audit.show': { access: 'audit.read', input: v.strictObject({ seq: Seq }), output: AuditEvidence },
  /** `whole` reads every event; `new` only those behind what was verified since the station was opened. Left out: `whole`. */
  'audit.verify': {
    access: 'audit.read',
    input: v.strictObject({ scope: v.exactOptional(v.picklist(['whole', 'new'])) }),
    output: AuditVerificationSchema,
  },
  /** What was verified when; reads nothing. */
  'audit.verification': { access: 'audit.read', input: Nothing, output: AuditVerificationState },
  'audit.checkpoint': {
    access: 'audit.export',
    input: Nothing,
    output: v.strictObject({ checkpoint: v.string(), verifierKey: v.string() }),
  },
  /** Writes the newest checkpoint and the key that verifies it into a folder, to be kept outside of the station or cosigned. */
  'audit.export-checkpoint': {
    access: 'audit.export',
    input: v.strictObject({ folder: DiskPath }),
    output: v.strictObject({ size: v.number(), files: v.array(ReportFile) }),
  },
  /**
   * Compares the log with a checkpoint that was kept outside: the log must still begin with what was signed. `witnessKeys` are verifier keys of
   * further ones whose cosignatures count, beside those that are confirmed here; each that is on the checkpoint must verify.
   */
  'audit.compare': {
    access: 'audit.read',
    input: v.strictObject({
      path: DiskPath,
      witnessKeys: v.pipe(v.array(v.pipe(v.string(), v.maxLength(8192))), v.maxLength(16)),
    }),
    output: v.strictObject({
      /** Events that the checkpoint covers, and that the log has now. */
      size: v.number(),
      logSize: v.number(),
      /** Witnesses whose cosignature verified, and when each signed by its own clock. */
      cosignedBy: v.array(Cosigner),
      /** Names of `witnessKeys` that have not cosigned it. */
      notCosignedBy: v.array(v.string()),
    }),
  },
  /** Writes an event, its proof and the verifier key into a folder: all that OpenSSL needs to verify it. */
  'audit.export-event': {
    access: 'audit.export',
    input: v.strictObject({ seq: Seq, folder: DiskPath }),
    output: v.strictObject({ files: v.array(ReportFile) }),
  },
} as const satisfies OperationTable;
