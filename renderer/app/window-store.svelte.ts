import type { Refusal } from '../../contract/result.ts';
import type { SessionView } from '../../contract/schema/session.ts';
import type { StationView } from '../../contract/schema/station.ts';
import type { WindowEvent } from '../../contract/window/bridge.ts';
import type { Preferences, WindowState } from '../../contract/window/window-operations.ts';
import { call } from '../bridge/call.ts';
import { lostSession } from '../bridge/session-loss.ts';
import { fallSilent } from '../design/announce.svelte.ts';
import { go } from '../router/route.svelte.ts';
import { forget, hear } from '../station/live.svelte.ts';
import { setLanguage } from '../words/language.svelte.ts';
import { meetOperator } from './next-operator.ts';
import { setMotion, setTheme } from './theme.ts';

let view = $state.raw<WindowState | null>(null);
let fault = $state.raw<Refusal | null>(null);
let isFresh = $state(false);
let hasEnded = $state(false);
let stopListening: (() => void) | undefined;

/** What the shell last said: null until it has answered for the first time. */
export const windowStore = {
  get view(): WindowState | null {
    return view;
  },
  /** Why there is no view. */
  get fault(): Refusal | null {
    return fault;
  },
  /** True where a session has come to its end by itself, until somebody logs in. */
  get hasEnded(): boolean {
    return hasEnded;
  },
  /** True after this window has set up its station, until the first administrator has seen what comes next. */
  get isFresh(): boolean {
    return isFresh;
  },
  set isFresh(value: boolean) {
    isFresh = value;
  },
};

/** Asks the shell where it stands; the first call of the page, and again whenever the page may be wrong. */
export async function beginWindow(): Promise<void> {
  const answer = await call('window.begin', {});
  if (answer.ok) putView(answer.value);
  else fault = answer;
}

export function putView(next: WindowState): void {
  const isOther = view === null || view.session?.operator.id !== next.session?.operator.id;
  if (next.session !== null) meetOperator(next.session.operator.id);
  hasEnded = next.session === null && (hasEnded || view?.session != null);
  view = next;
  fault = null;
  putLook(next.preferences);
  if (isOther || next.locked) fallSilent();
  if (isOther) listenAnew();
}

/** After a log-in, and after a log-out that a person wanted. */
export function putSession(session: SessionView | null): void {
  if (view !== null) putView({ ...view, session, locked: session === null ? false : view.locked });
  hasEnded = false;
}

export function putStation(station: StationView): void {
  if (view !== null) putView({ ...view, station });
}

export function putPreferences(preferences: Preferences): void {
  if (view !== null) putView({ ...view, preferences });
}

lostSession.listen(() => void beginWindow());

function putLook(preferences: Preferences): void {
  setLanguage(preferences.language, navigator.languages);
  setTheme(preferences.theme);
  setMotion(preferences.motion);
}

/** A new listener is told what it missed; what the operator before was told is forgotten. */
function listenAnew(): void {
  stopListening?.();
  forget();
  stopListening = window.drydock?.subscribe(onEvent);
}

function onEvent(event: WindowEvent): void {
  if (event.type === 'window.state') putView(event.state);
  else if (event.type === 'window.go') go(event.to);
  else hear(event);
}
