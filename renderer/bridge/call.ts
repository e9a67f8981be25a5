import { refuse, type Result } from '../../contract/result.ts';
import type { Bridge, CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import { lostSession } from './session-loss.ts';

declare global {
  interface Window {
    /** What the preload exposes; absent where the page was opened outside of Drydock's window. */
    readonly drydock?: Bridge;
  }
}

/**
 * Calls an operation of the station or of the shell. Never rejects: a bridge that fails is `station.fault`. Where the answer says that
 * nobody is logged in any more, those who listen for it hear of it first.
 */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
  const bridge = window.drydock;
  if (bridge === undefined) return refuse('station.fault', 'This page was opened outside of the Drydock window.');
  try {
    const answer = await bridge.call(name, input);
    if (!answer.ok) lostSession.tell(answer.code);
    return answer;
  } catch {
    return refuse(
      'station.fault',
      'The window got no answer from the station. Close the window and start Drydock again.',
    );
  }
}
