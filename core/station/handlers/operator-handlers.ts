import { accept } from '../../../contract/result.ts';
import type { Operators } from '../../operator/operators.ts';
import type { Passwords } from '../../operator/passwords.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Handlers } from '../dispatch.ts';

type OperatorHandlers = Pick<
  Handlers,
  | 'session.login'
  | 'session.logout'
  | 'session.current'
  | 'session.unlock'
  | 'operator.create'
  | 'operator.list'
  | 'operator.disable'
  | 'operator.unlock'
  | 'operator.reset-password'
  | 'operator.change-password'
>;

/** Who is logged in, and the accounts. */
export function createOperatorHandlers({
  operators,
  passwords,
  sessions,
}: {
  operators: Operators;
  passwords: Passwords;
  sessions: Sessions;
}): OperatorHandlers {
  return {
    'session.login': ({ username, password, code }) => sessions.login(username, password, code),
    'session.logout': (_input, { token }) => {
      const ended = sessions.logout(token);
      return ended.ok ? accept({}) : ended;
    },
    'session.current': (_input, { token }) => sessions.inspect(token),
    'session.unlock': ({ password, code }, { token }) => sessions.unlock(token, password, code),
    'operator.create': (input, { operator }) => operators.createOperator(operator, input),
    'operator.list': () => accept([...operators.list()]),
    'operator.disable': ({ id }, { operator }) => operators.disable(operator, id),
    'operator.unlock': ({ id }, { operator }) => operators.unlock(operator, id),
    'operator.reset-password': ({ id, initialPassword }, { operator }) =>
      passwords.reset(operator, id, initialPassword),
    'operator.change-password': (input, { operator }) => passwords.change(operator, input),
  };
}
