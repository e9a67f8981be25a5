import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import {
  AccountReason,
  AccountView,
  ChangePasswordInput,
  LoginInput,
  LoginOutput,
  NewOperatorInput,
  OperatorId,
  OperatorView,
  reauthenticationFields,
  RolesOfOperator,
  SessionView,
  TypedPassword,
} from '../schema/session.ts';
import { Nothing } from './input.ts';

/** Sessions and accounts. */
export const operatorOperations = {
  'session.login': { access: 'public', input: LoginInput, output: LoginOutput },
  'session.logout': { access: 'session', input: Nothing, output: Nothing },
  'session.current': { access: 'session', input: Nothing, output: SessionView },
  /** The password entered again at a keyboard that was locked: the session goes on, and with it what was begun in it. */
  'session.unlock': { access: 'session', input: v.strictObject(reauthenticationFields), output: SessionView },
  'operator.create': { access: 'operator.manage', input: NewOperatorInput, output: OperatorView },
  'operator.list': { access: 'operator.manage', input: Nothing, output: v.array(AccountView) },
  /** Ends the operator's sessions, and what was begun in them to go on by itself; updates that run go on. Of one's own roles: another administrator. */
  'operator.set-roles': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId, roles: RolesOfOperator }),
    output: OperatorView,
  },
  'operator.disable': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId, reason: AccountReason }),
    output: OperatorView,
  },
  /** For a person who comes back: with a new initial password, and without the signing key of before. */
  'operator.enable': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId, initialPassword: TypedPassword, reason: AccountReason }),
    output: OperatorView,
  },
  'operator.end-sessions': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId }),
    output: OperatorView,
  },
  'operator.unlock': { access: 'operator.manage', input: v.strictObject({ id: OperatorId }), output: OperatorView },
  'operator.reset-password': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId, initialPassword: TypedPassword }),
    output: OperatorView,
  },
  'operator.change-password': { access: 'session', input: ChangePasswordInput, output: OperatorView },
} as const satisfies OperationTable;
