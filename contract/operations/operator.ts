import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import {
  ChangePasswordInput,
  LoginInput,
  LoginOutput,
  NewOperatorInput,
  OperatorId,
  OperatorView,
  reauthenticationFields,
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
  'operator.list': { access: 'operator.manage', input: Nothing, output: v.array(OperatorView) },
  'operator.disable': { access: 'operator.manage', input: v.strictObject({ id: OperatorId }), output: OperatorView },
  'operator.unlock': { access: 'operator.manage', input: v.strictObject({ id: OperatorId }), output: OperatorView },
  'operator.reset-password': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId, initialPassword: TypedPassword }),
    output: OperatorView,
  },
  'operator.change-password': { access: 'session', input: ChangePasswordInput, output: OperatorView },
} as const satisfies OperationTable;
