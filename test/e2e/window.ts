import type { TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import type { Result } from '../../contract/result.ts';
import { ElectronWindow } from './electron-window.ts';
import { findElectron } from '../../scripts/start/find-electron.ts';
import type { OpenProgram, WindowOptions } from './open-program.ts';
import { StandInWindow } from './stand-in-window.ts';

export type { OpenProgram } from './open-program.ts';

let told = false;

/** Opens the window in Electron where its binary is here, else in the stand-in over Chromium; says which, once. An error of its page fails the test. */
export async function openWindow(t: Pick<TestContext, 'after'>, options: WindowOptions): Promise<OpenProgram> {
  const electron = options.program === undefined ? findElectron() : null;
  if (!told)
    console.log(
      electron === null ? 'The window runs in the stand-in over Chromium.' : `The window runs in ${electron}.`,
    );
  told = true;
  const program = electron === null ? await StandInWindow.open(options) : await ElectronWindow.open(electron, options);
  const faults: string[] = [];
  program.page.on('pageerror', ({ stack, message }) => faults.push(stack ?? message));
  t.after(async () => {
    await program.kill();
    if (faults.length > 0) throw new Error(`The page met errors:\n${faults.join('\n')}`);
  });
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
