import type { OperationName, OperationOutput } from '../../contract/operations.ts';
import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { pathFields } from '../../contract/window/path-fields.ts';
import type { FileTickets } from '../files/file-tickets.ts';
import { replaceTickets } from '../files/replace-tickets.ts';
import type { WindowSession } from '../session/window-session.ts';
import type { StationHost } from '../station/station-host.ts';
import { pageAnswer } from './page-answer.ts';
import { withoutPaths } from './without-paths.ts';

/** What anybody may do at a locked window: ask what station this is, and let its operator go. Neither shows or starts anything. */
const whileLocked: ReadonlySet<OperationName> = new Set(['station.status', 'session.logout']);

/** Another password ends every session of its operator. */
const endsSession: ReadonlySet<OperationName> = new Set(['session.logout', 'operator.change-password']);

export interface StationCallDeps {
  readonly host: Pick<StationHost, 'opened'>;
  readonly session: WindowSession;
  readonly tickets: Pick<FileTickets, 'pathOf'>;
}

/**
 * One call of the page to the station, in the name of whoever is logged in at the window. Tickets become paths on the way in; token and
 * paths stay here on the way out. Beside the station's own refusals: `window.no-station`, `window.locked`, `window.file-unknown`.
 */
export async function callStation(
  name: OperationName,
  input: unknown,
  deps: StationCallDeps,
): Promise<Result<unknown>> {
  const { host, session, tickets } = deps;
  const { opened } = host;
  if (opened === null) return refuse('window.no-station', 'No station is open; set one up first, or begin training.');
  const locked = whileLocked.has(name) ? null : session.checkUnlocked();
  if (locked !== null) return locked;
  const replaced = replaceTickets(input, pathFields[name] ?? {}, tickets);
  if (!replaced.ok) return replaced;

  const { number, logins, token } = session;
  const answer = await opened.station.call(name, replaced.value.input, token);
  // A log-in is nothing of the session before it, which may run out meanwhile.
  const isSame = name === 'session.login' ? logins === session.logins : number === session.number;
  const late = checkStillThere(name, isSame, session);
  if (!answer.ok) {
    if (number === session.number) noteEnd(answer, session);
    return late ?? withoutPaths(answer, replaced.value.paths);
  }
  if (name === 'session.login') {
    await noteLogin(answer.value as OperationOutput<'session.login'>, late === null, token, deps);
  } else {
    noteSession(name, answer.value, isSame, session);
  }
  return late ?? accept(pageAnswer(name, answer.value));
}

/** Uses the session, so that the core's idle time begins anew; ends the window's where the core's is over. */
export async function useSession({ host, session }: Pick<StationCallDeps, 'host' | 'session'>): Promise<Result<void>> {
  const { number, token } = session;
  if (host.opened === null || token === null)
    return refuse('station.not-logged-in', 'Nobody is logged in; log in first.');
  const current = await host.opened.station.call('session.current', {}, token);
  if (number !== session.number) return refuse('station.not-logged-in', 'Somebody else is logged in by now.');
  if (!current.ok) {
    noteEnd(current, session);
    return current;
  }
  session.renew(current.value);
  return accept(undefined);
}

/** An answer that comes when the window is locked or another operator sits there is not for those eyes. */
function checkStillThere(name: OperationName, isSame: boolean, session: WindowSession): Refusal | null {
  if (whileLocked.has(name)) return null;
  if (!isSame) {
    const reason = 'The session ended before the answer came. What was asked for may have been done: log in and look.';
    return refuse('station.not-logged-in', reason);
  }
  if (!session.locked) return null;
  const reason =
    'The window was locked before the answer came. What was asked for may have been done: unlock and look.';
  return refuse('window.locked', reason);
}

function noteEnd({ code }: Refusal, session: WindowSession): void {
  if (code === 'station.not-logged-in' || code === 'operator.session-expired') session.end();
}

/** Whoever was logged in at the window leaves with another log-in, and so does what he had begun to stand for; a log-in that comes late leaves itself. */
async function noteLogin(
  { token, session: view }: OperationOutput<'session.login'>,
  isInTime: boolean,
  before: string | null,
  { host, session }: StationCallDeps,
): Promise<void> {
  if (isInTime) session.begin(token, view);
  const leaves = isInTime ? before : token;
  if (leaves !== null) await host.opened?.station.call('session.logout', {}, leaves);
}

function noteSession(name: OperationName, output: unknown, isSame: boolean, session: WindowSession): void {
  if (isSame && endsSession.has(name)) {
    session.end();
  } else if (isSame && name === 'session.current') {
    session.renew(output as OperationOutput<'session.current'>);
  } else if (name === 'station.set-idle-time') {
    session.setIdleMs((output as OperationOutput<'station.set-idle-time'>).idleMinutes * 60_000);
  }
}
