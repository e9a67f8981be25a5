import type { TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import type { Result } from '../../contract/result.ts';
import { buildForTests } from './built-program.ts';
import { ElectronWindow } from './electron-window.ts';
import { findElectron } from '../../scripts/start/find-electron.ts';
import { StandInWindow } from './stand-in-window.ts';

export interface WindowOptions {
  /** Of this test: the station's data, and what the program remembers. The same folder again is the same station again. */
  readonly folder: string;
  readonly training?: boolean;
  /** A program that was built and unpacked elsewhere; left out, this source tree. */
  readonly program?: string;
  readonly locale?: string;
}

/** What a person was asked by the system's own dialogues. */
export interface AskedQuestion {
  readonly kind: 'open' | 'message';
  readonly options: Readonly<Record<string, unknown>>;
}

/** A running Drydock with its one window. */
export interface OpenProgram {
  readonly shell: 'electron' | 'stand-in';
  readonly page: Page;
  readonly questions: readonly AskedQuestion[];
  /** What the next dialogue for files, or the next message, is answered with. */
  answer(kind: AskedQuestion['kind'], answer: readonly string[] | number): void;
  /** The machine locks itself, or goes to sleep. */
  power(event: 'lock-screen' | 'suspend'): Promise<void>;
  /** A person closes the window; resolves with the exit code when the program has ended. */
  close(): Promise<number | null>;
  /** Asks the window to close and waits for nothing. */
  askToClose(): Promise<void>;
  /** The program is killed. */
  kill(): Promise<void>;
}

let told = false;

/** Opens the window in Electron where its binary is here, else in the stand-in over Chromium; says which, once. */
export async function openWindow(t: Pick<TestContext, 'after'>, options: WindowOptions): Promise<OpenProgram> {
  buildForTests();
  const electron = options.program === undefined ? findElectron() : null;
  if (!told)
    console.log(
      electron === null ? 'The window runs in the stand-in over Chromium.' : `The window runs in ${electron}.`,
    );
  told = true;
  const program = electron === null ? await StandInWindow.open(options) : await ElectronWindow.open(electron, options);
  t.after(() => program.kill());
  return program;
}

/** Calls an operation as the page does. */
export async function call<N extends CallName>(
  page: Page,
  name: N,
  input: CallInput<N>,
): Promise<Result<CallOutput<N>>> {
  return (await page.evaluate(
    ([operation, given]) =>
      (globalThis as unknown as { drydock: { call(name: unknown, input: unknown): unknown } }).drydock.call(
        operation,
        given,
      ),
    [name, input] as const,
  )) as Result<CallOutput<N>>;
}
