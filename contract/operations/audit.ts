import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import {
  AuditEventSchema,
  AuditEventTypeSchema,
  AuditOutcomeSchema,
  AuditVerificationSchema,
} from '../schema/audit.ts';
import { Nothing, Page } from './input.ts';

/** The audit log. */
export const auditOperations = {
  'audit.list': {
    access: 'audit.read',
    input: v.strictObject({
      before: v.nullable(v.pipe(v.number(), v.safeInteger())),
      type: v.nullable(AuditEventTypeSchema),
      outcome: v.nullable(AuditOutcomeSchema),
      limit: Page,
    }),
    output: v.array(AuditEventSchema),
  },
  'audit.verify': { access: 'audit.read', input: Nothing, output: AuditVerificationSchema },
  'audit.checkpoint': {
    access: 'audit.export',
    input: Nothing,
    output: v.strictObject({ checkpoint: v.string(), verifierKey: v.string() }),
  },
} as const satisfies OperationTable;
