import { CommanderError } from 'commander';
import { CommandRefused, formatRefusal } from './command-run.ts';
import { DemoFailed } from './demo/demo-station.ts';
import { ExitCode } from './exit-code.ts';
import { describeFileFault } from './given-file.ts';
import { Interrupted } from './interrupted.ts';
import { NoTerminalError } from './terminal/ask.ts';
import { UsageError } from './usage-error.ts';

/** Tells a person, or with `wantsJson` a program, why a command ended early. Returns the exit code. */
export function reportError(error: unknown, wantsJson: boolean): ExitCode {
  const tell = (key: string, reason: string): void => {
    if (wantsJson) process.stdout.write(`${JSON.stringify({ [key]: { reason } }, null, 2)}\n`);
    else process.stderr.write(`${reason}\n`);
  };
  if (error instanceof CommandRefused) {
    const { code, reason, detail } = error.refusal;
    if (wantsJson && !error.printed)
      process.stdout.write(`${JSON.stringify({ refused: { code, reason, detail } }, null, 2)}\n`);
    if (!wantsJson) process.stderr.write(`${formatRefusal(error.refusal)}\n`);
    return error.exitCode;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return ExitCode.ok;
    // Commander has told people already.
    if (wantsJson) tell('wrongUse', error.message.replace(/^error: /, ''));
    return ExitCode.usage;
  }
  if (error instanceof UsageError || error instanceof NoTerminalError) {
    tell('wrongUse', error.message);
    return ExitCode.usage;
  }
  if (error instanceof Interrupted) {
    tell('interrupted', error.message);
    return ExitCode.interrupted;
  }
  tell('fault', describeFault(error));
  return ExitCode.fault;
}

/** A stack only for what is Drydock's own mistake. */
function describeFault(error: unknown): string {
  if (error instanceof DemoFailed) return `The demo did not go as it should: ${error.message}`;
  if (error instanceof Error && 'syscall' in error && 'code' in error) {
    const what = 'path' in error ? String(error.path) : 'a file of its data folder';
    return `Drydock cannot use ${what}: ${describeFileFault(error)}.`;
  }
  return `Drydock had an internal error; please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
