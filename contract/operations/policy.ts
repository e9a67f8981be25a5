import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { PolicyView } from '../schema/policy.ts';
import { DiskPath } from './input.ts';

/** Policy documents. */
export const policyOperations = {
  'policy.install': { access: 'policy.manage', input: v.strictObject({ path: DiskPath }), output: PolicyView },
  'policy.show': { access: 'station.read', input: v.strictObject({ product: v.string() }), output: PolicyView },
} as const satisfies OperationTable;
