import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256 } from '../schema/bundle.ts';
import { PolicyView } from '../schema/policy.ts';
import { PolicyCheck, PolicyLine } from '../schema/policy-change.ts';
import { reauthenticationFields } from '../schema/session.ts';
import { DiskPath, Label, Page } from './input.ts';

/** A policy as JSON text, which is read as strictly as a file. */
const PolicyText = v.pipe(v.string(), v.maxLength(256 * 1024));

/** A change of the rules is signed: why it is made, and the password again (21 CFR 11.50, 11.200). */
const signatureFields = { reason: Label, ...reauthenticationFields };

/** Policy documents. */
export const policyOperations = {
  'policy.install': {
    access: 'policy.manage',
    input: v.strictObject({ path: DiskPath, ...signatureFields }),
    output: PolicyView,
  },
  'policy.show': { access: 'station.read', input: v.strictObject({ product: v.string() }), output: PolicyView },
  /** A version that is or was in force. */
  'policy.version': { access: 'station.read', input: v.strictObject({ digest: Sha256 }), output: PolicyView },
  /** What a file would change; installs nothing. */
  'policy.check': { access: 'station.read', input: v.strictObject({ path: DiskPath }), output: PolicyCheck },
  /** What a text would change; installs nothing. */
  'policy.check-draft': { access: 'station.read', input: v.strictObject({ text: PolicyText }), output: PolicyCheck },
  /** Installs the text whose digest was shown by the check. */
  'policy.install-draft': {
    access: 'policy.manage',
    input: v.strictObject({ text: PolicyText, digest: Sha256, ...signatureFields }),
    output: PolicyView,
  },
  /** Every version that was installed, newest first. */
  'policy.list': { access: 'station.read', input: v.strictObject({ limit: Page }), output: v.array(PolicyLine) },
} as const satisfies OperationTable;
