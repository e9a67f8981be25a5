import { accept } from '../../../contract/result.ts';
import type { Operators } from '../../operator/operators.ts';
import type { Passwords } from '../../operator/passwords.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Handlers } from '../dispatch.ts';
import type { People } from '../people.ts';

type OperatorHandlers = Pick<
  Handlers,
  | 'session.login'
  | 'session.logout'
  | 'session.current'
  | 'session.unlock'
  | 'operator.create'
  | 'operator.list'
  | 'operator.set-roles'
  | 'operator.disable'
  | 'operator.enable'
  | 'operator.end-sessions'
  | 'operator.unlock'
  | 'operator.reset-password'
  | 'operator.change-password'
>;

/** Who is logged in, and the accounts. */
export function createOperatorHandlers({
  operators,
  passwords,
  sessions,
  enable,
}: {
  operators: Operators;
  passwords: Passwords;
  sessions: Sessions;
  enable: People['enable'];
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
    'operator.list': () =>
      accept(
        operators.list().map((operator) => ({
          ...operator,
          lastLoginAt: operators.lastLoginAt(operator.id),
          openSessions: operator.status === 'active' ? sessions.countOpen(operator.id) : 0,
        })),
      ),
    'operator.set-roles': ({ id, roles }, { operator }) => operators.setRoles(operator, id, roles),
    'operator.disable': ({ id, reason }, { operator }) => operators.disable(operator, id, reason),
    'operator.enable': (input, { operator }) => enable(operator, input),
    'operator.end-sessions': ({ id }, { operator }) => operators.endSessions(operator, id),
    'operator.unlock': ({ id }, { operator }) => operators.unlock(operator, id),
    'operator.reset-password': ({ id, initialPassword }, { operator }) =>
      passwords.reset(operator, id, initialPassword),
    'operator.change-password': (input, { operator }) => passwords.change(operator, input),
  };
}
