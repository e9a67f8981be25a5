import type * as v from 'valibot';
import type { StationEvent } from '../events.ts';
import type { OperationInput, OperationName, OperationOutput } from '../operations.ts';
import type { Result } from '../result.ts';
import type { SessionView } from '../schema/session.ts';
import type { ChosenFile, FilePurpose } from './file-purpose.ts';
import type { windowOperations, WindowOperationName, WindowState } from './window-operations.ts';

/** Everything that the window may call: the station's operations, and the shell's own. */
export type CallName = OperationName | WindowOperationName;

export type CallInput<N extends CallName> = N extends OperationName
  ? OperationInput<N>
  : N extends WindowOperationName
    ? v.InferInput<(typeof windowOperations)[N]['input']>
    : never;

/** The session's token stays in the main process. */
export type CallOutput<N extends CallName> = N extends 'session.login'
  ? { readonly session: SessionView }
  : N extends OperationName
    ? OperationOutput<N>
    : N extends WindowOperationName
      ? v.InferOutput<(typeof windowOperations)[N]['output']>
      : never;

/** What the shell tells beside the station's events: it was locked, unlocked, began, or lost its session. */
export interface WindowStateEvent {
  readonly type: 'window.state';
  readonly state: WindowState;
}

/** The machine's own words: menu and tray ask the window to go somewhere. */
export interface WindowGoEvent {
  readonly type: 'window.go';
  readonly to: 'bench' | 'bundles' | 'history' | 'settings' | 'about';
}

export type WindowEvent = StationEvent | WindowStateEvent | WindowGoEvent;

/** An event as it comes from the main process; numbers only grow. */
export interface NumberedEvent {
  readonly number: number;
  readonly event: WindowEvent;
}

/** The newest state of everything, and the number of the newest event that it takes account of. */
export interface MissedEvents {
  readonly upTo: number;
  readonly events: readonly WindowEvent[];
}

/**
 * All that the preload exposes, as `window.drydock`. Every answer is a `Result`; a call never rejects for what the main process
 * says, and a fault of the main process is `station.fault`.
 */
export interface Bridge {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>;
  /** Files that were dropped on the window, as tickets; the page never learns their paths. */
  drop(files: readonly unknown[], purpose: FilePurpose): Promise<Result<readonly ChosenFile[]>>;
  /**
   * Events, at most 20 progress events a second for each job. A new listener first gets what it missed: `job.written` and the
   * newest `job.progress` of each open job, open orders, and the units on the bench. Returns the function that ends it.
   */
  subscribe(listener: (event: WindowEvent) => void): () => void;
}

/** Channels between preload and main process: calls, dropped files, the question what was missed, and events. */
export const callChannel = 'drydock:call';
export const dropChannel = 'drydock:drop';
export const missedChannel = 'drydock:missed';
export const eventChannel = 'drydock:event';
/** The window's one origin. */
export const windowOrigin = 'app://drydock';
