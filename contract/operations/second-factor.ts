import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { FactorEnrolment, FactorProof, OwnFactor, RecoveryCodes } from '../schema/second-factor.ts';
import { OperatorId, OperatorView, Role, TypedCode, TypedPassword } from '../schema/session.ts';
import { Nothing } from './input.ts';

const Roles = v.pipe(v.array(Role), v.maxLength(4));

/** The operators' second factor: one's own, and what an administrator may do about it. */
export const secondFactorOperations = {
  /** Begins an enrolment; the secret is told this once and counts for nothing until it is confirmed. */
  'operator.enrol-factor': { access: 'session', input: FactorProof, output: FactorEnrolment },
  'operator.confirm-factor': { access: 'session', input: v.strictObject({ code: TypedCode }), output: RecoveryCodes },
  'operator.own-factor': { access: 'session', input: Nothing, output: OwnFactor },
  'operator.renew-recovery-codes': { access: 'session', input: FactorProof, output: RecoveryCodes },
  'operator.remove-factor': { access: 'session', input: FactorProof, output: OperatorView },
  'operator.reset-factor': {
    access: 'operator.manage',
    /** `initialPassword`: needed where the operator's password is too short to stand alone. */
    input: v.strictObject({ id: OperatorId, initialPassword: v.nullable(TypedPassword) }),
    output: OperatorView,
  },
  'operator.factor-rule': { access: 'session', input: Nothing, output: v.strictObject({ roles: Roles }) },
  /** Whose operators must have a second factor; none where it is empty. */
  'operator.require-factor': {
    access: 'operator.manage',
    input: v.strictObject({ roles: Roles }),
    output: v.strictObject({ roles: Roles }),
  },
} as const satisfies OperationTable;
