import * as v from 'valibot';
import { isOperationName } from '../../contract/operations.ts';
import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { windowOperations, type WindowOperationName } from '../../contract/window/window-operations.ts';
import { checkBounds } from './input-bounds.ts';
import { callStation, useSession, type StationCallDeps } from './station-call.ts';

/** What the shell does itself; it has been given parsed input and may run. */
export type WindowHandlers = {
  readonly [N in WindowOperationName]: (
    input: v.InferOutput<(typeof windowOperations)[N]['input']>,
  ) =>
    | Result<v.InferOutput<(typeof windowOperations)[N]['output']>>
    | Promise<Result<v.InferOutput<(typeof windowOperations)[N]['output']>>>;
};

export interface CallDeps extends StationCallDeps {
  readonly windowHandlers: WindowHandlers;
  /** Tells of a fault of the program, for its own log; the page learns only that there was one. */
  readonly reportFault: (operation: string, error: unknown) => void;
}

/**
 * The one way of a page's call, after its sender was checked: bounds, name, access, input, work, output. Never rejects: a fault of the
 * program is `station.fault`, and what it was stays here (of the station's own faults its log has an event).
 */
export async function answerCall(name: unknown, input: unknown, deps: CallDeps): Promise<Result<unknown>> {
  const bounded = checkBounds(input);
  if (bounded !== null) return bounded;
  if (typeof name !== 'string') return refuseUnknown();
  try {
    if (isOperationName(name)) return await callStation(name, input, deps);
    if (Object.hasOwn(windowOperations, name)) return await callWindow(name as WindowOperationName, input, deps);
    return refuseUnknown();
  } catch (error) {
    deps.reportFault(name, error);
    const reason =
      'An error occurred in Drydock or in the machine. Updates go on; try again, and tell your administrator if it happens again.';
    return refuse('station.fault', reason);
  }
}

async function callWindow(name: WindowOperationName, input: unknown, deps: CallDeps): Promise<Result<unknown>> {
  const { access, input: inputSchema, output: outputSchema } = windowOperations[name];
  const refused = access === 'session' ? await checkSession(deps) : null;
  if (refused !== null) return refused;
  const parsed = v.safeParse(inputSchema, input);
  if (!parsed.success) {
    const fields = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'input');
    return refuse('station.input-invalid', `The input of ${name} is not valid in: ${[...new Set(fields)].join(', ')}.`);
  }
  const handler = deps.windowHandlers[name] as (input: unknown) => Result<unknown> | Promise<Result<unknown>>;
  const answer = await handler(parsed.output);
  return answer.ok ? accept(v.parse(outputSchema, answer.value)) : answer;
}

async function checkSession(deps: CallDeps): Promise<Refusal | null> {
  const locked = deps.session.checkUnlocked();
  if (locked !== null) return locked;
  const used = await useSession(deps);
  return used.ok ? null : used;
}

function refuseUnknown(): Refusal {
  return refuse('station.operation-unknown', 'There is no operation of this name.');
}
