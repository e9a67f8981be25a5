import * as v from 'valibot';
import { isOperationName, operations } from '../../contract/operations.ts';
import type { Access, OperationInput, OperationName, OperationOutput } from '../../contract/operations.ts';
import { accept, refuse, RefusalError, type Refusal, type Result } from '../../contract/result.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import type { AuditEventDraft } from '../audit/event.ts';
import { checkReady, requirePermission } from '../operator/permission.ts';
import type { Sessions } from '../operator/sessions.ts';
import type { Transact } from '../ports.ts';

/** The operator in whose name an operation runs. */
export interface Caller {
  readonly operator: OperatorView;
  readonly token: string;
}

type CallerOf<N extends OperationName> = (typeof operations)[N]['access'] extends 'public' ? null : Caller;

/** What an operation does; it has been given parsed input and a caller who may call it. */
export type Handler<N extends OperationName> = (
  input: OperationInput<N>,
  caller: CallerOf<N>,
) => Result<OperationOutput<N>> | Promise<Result<OperationOutput<N>>>;

export type Handlers = { readonly [N in OperationName]: Handler<N> };

/** Operations whose rooms write their own event for a refusal; for all others the dispatcher does. */
const selfAudited: ReadonlySet<OperationName> = new Set(['session.login', 'bundle.import']);

/** Operations that an operator may call before the initial password is replaced. */
const beforeFirstPassword: ReadonlySet<OperationName> = new Set([
  'operator.change-password',
  'session.logout',
  'session.current',
  'session.unlock',
]);

/** … and before a second factor is enrolled that the station asks for. */
const beforeSecondFactor: ReadonlySet<OperationName> = new Set([
  ...beforeFirstPassword,
  'operator.enrol-factor',
  'operator.confirm-factor',
]);

export interface DispatcherDeps {
  readonly sessions: Sessions;
  readonly transact: Transact;
  readonly audit: { append(draft: AuditEventDraft): unknown };
  readonly handlers: Handlers;
}

/**
 * The one choke point: parse the input, find the session, check the permission, call, parse the output (REQ-OTA-OPR-02).
 * Every refused attempt is an audit event with its reason (REQ-OTA-POL-03); the input itself never is, it may hold secrets.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
  }

  /** Calls an operation by name. Never rejects for an expected refusal; a rejection is a bug of the station's. */
  async call<N extends OperationName>(
    name: N,
    input: unknown,
    token: string | null,
  ): Promise<Result<OperationOutput<N>>> {
    try {
      return await this.#checkAndCall(name, input, token);
    } catch (error) {
      if (error instanceof RefusalError) return error.refusal;
      this.#recordFault(name);
      throw error;
    }
  }

  async #checkAndCall<N extends OperationName>(
    name: N,
    input: unknown,
    token: string | null,
  ): Promise<Result<OperationOutput<N>>> {
    if (!isOperationName(name)) {
      return this.#refused('unknown', null, refuse('station.operation-unknown', 'There is no operation of this name.'));
    }
    const caller = this.#findCaller(name, operations[name].access, token);
    if (!caller.ok) return caller;
    const parsed = parseInput(name, input);
    if (!parsed.ok) return this.#refused(name, caller.value, parsed);

    const handler: (
      input: OperationInput<N>,
      caller: never,
    ) => Result<OperationOutput<N>> | Promise<Result<OperationOutput<N>>> = this.#deps.handlers[name];
    const answer = await catchRefusal(() => handler(parsed.value, caller.value as never));
    if (!answer.ok) return selfAudited.has(name) ? answer : this.#refused(name, caller.value, answer);
    return accept(v.parse(operations[name].output, answer.value) as OperationOutput<N>);
  }

  #findCaller(name: OperationName, access: Access, token: string | null): Result<Caller | null> {
    if (access === 'public') return accept(null);
    const session = this.#deps.sessions.use(token ?? '');
    if (!session.ok) return this.#refused(name, null, session);
    const { operator } = session.value;
    const caller: Caller = { operator, token: token ?? '' };
    if (access === 'session') {
      const unready = checkReady(operator);
      const allowed = operator.mustChangePassword ? beforeFirstPassword : beforeSecondFactor;
      return unready === null || allowed.has(name) ? accept(caller) : this.#refused(name, caller, unready);
    }
    const allowed = requirePermission(operator, access);
    return allowed.ok ? accept(caller) : this.#refused(name, caller, allowed);
  }

  /** An operation that broke was attempted all the same; the exception itself may quote its input and stays out of the log. */
  #recordFault(operation: string): void {
    this.#deps.transact(() =>
      this.#deps.audit.append({
        type: 'operation.refused',
        actor: { kind: 'station' },
        outcome: 'failed',
        subject: {},
        code: 'station.fault',
        data: { operation },
      }),
    );
  }

  #refused(operation: string, caller: Caller | null, refusal: Refusal): Refusal {
    const actor: AuditEventDraft['actor'] =
      caller === null
        ? { kind: 'station' }
        : { kind: 'operator', id: caller.operator.id, username: caller.operator.username };
    this.#deps.transact(() =>
      this.#deps.audit.append({
        type: 'operation.refused',
        actor,
        outcome: 'refused',
        subject: {},
        code: refusal.code,
        data: { operation, reason: refusal.reason },
      }),
    );
    return refusal;
  }
}

/** Names every bad field, never its value: an input may hold a password. */
function parseInput<N extends OperationName>(name: N, input: unknown): Result<OperationInput<N>> {
  const parsed = v.safeParse(operations[name].input, input);
  if (parsed.success) return accept(parsed.output as OperationInput<N>);
  const fields = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'input');
  return refuse('station.input-invalid', `The input of ${name} is not valid in: ${[...new Set(fields)].join(', ')}.`);
}

async function catchRefusal<T>(work: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}
