#!/usr/bin/env node
import { CommanderError } from 'commander';
import { CommandRefused, formatRefusal } from './command-run.ts';
import { DemoFailed } from './demo/demo-station.ts';
import { ExitCode } from './exit-code.ts';
import { createProgram } from './program.ts';
import { NoTerminalError } from './terminal/ask.ts';
import { UsageError } from './usage-error.ts';

const wantsJson = process.argv.includes('--json');
const program = createProgram();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  if (error instanceof CommandRefused) {
    const { code, reason, detail } = error.refusal;
    if (wantsJson && !error.printed)
      process.stdout.write(`${JSON.stringify({ refused: { code, reason, detail } }, null, 2)}\n`);
    if (!wantsJson) process.stderr.write(`${formatRefusal(error.refusal)}\n`);
    return error.exitCode;
  }
  if (error instanceof UsageError || error instanceof NoTerminalError) {
    process.stderr.write(`${error.message}\n`);
    return ExitCode.usage;
  }
  if (error instanceof DemoFailed) {
    process.stderr.write(`The demo did not go as it should: ${error.message}\n`);
    return ExitCode.fault;
  }
  process.stderr.write(
    `Drydock met a fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return ExitCode.fault;
}
