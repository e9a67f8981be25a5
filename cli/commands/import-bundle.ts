import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { OperationOutput } from '../../contract/operations.ts';
import { CommandRefused, type CommandRun } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { ImportFollower } from '../terminal/import-follower.ts';
import { quoteForShell } from '../terminal/quote-for-shell.ts';
import { untilStopped } from '../until-stopped.ts';

/** Imports a bundle and shows each step. A signal cancels it: then nothing of it stays. A refusal ends the command. */
export async function importBundle(
  run: CommandRun,
  file: string,
  baseFrom?: string,
): Promise<OperationOutput<'bundle.import'>> {
  const importId = randomUUID();
  const follower = new ImportFollower(importId, run.wantsJson ? null : process.stdout);
  const unsubscribe = run.subscribe((event) => follower.show(event));
  const input = { path: resolve(file), basePosition: baseFrom ?? null, importId };
  try {
    return await untilStopped(async (stopped) => {
      // One that has ended meanwhile cannot be cancelled; what became of it is told below.
      stopped.addEventListener('abort', () => void run.ask('bundle.cancel-import', { importId }));
      const answer = await run.ask('bundle.import', input);
      if (answer.ok) return answer.value;
      if (answer.code === 'bundle.import-cancelled') throw new CommandRefused(answer, ExitCode.interrupted);
      if (answer.code !== 'bundle.delta-base-missing') throw new CommandRefused(answer);
      const again = run.commandLine(`bundle import ${quoteForShell(file)} --base-from <place>`);
      throw new CommandRefused({ ...answer, reason: `${answer.reason} To read it from a unit: ${again}` });
    });
  } finally {
    follower.end();
    unsubscribe();
  }
}
