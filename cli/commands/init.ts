import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { shortDigest, mark } from '../terminal/style.ts';
import { askNewPassword } from '../terminal/new-password.ts';

export function addInit(program: Command): void {
  program
    .command('init')
    .description('set up a station in the data folder, with its first administrator')
    .requiredOption('--name <name>', 'name of the station, as it stands on every report')
    .requiredOption('--username <username>', 'username of the first administrator')
    .requiredOption('--printed-name <name>', 'the administrator’s name, as it is printed beside signatures')
    .action(async (options: { name: string; username: string; printedName: string }, command: Command) => {
      await CommandRun.with(
        command.optsWithGlobals<GlobalOptions>(),
        async (run) => {
          const { name, username, printedName } = options;
          const password = await askNewPassword(run.answers);
          const station = await run.call('station.initialise', {
            name,
            administrator: { username, printedName, password },
          });
          run.print(station, () =>
            [
              `${mark.passed()} Station "${name}" is set up; ${printedName} is its administrator.`,
              `  Station key: ${shortDigest(station.keySha256 ?? '')}. Give it to your auditor: reports are verified against it.`,
              '  Next: drydock login, then pin a trust anchor and make operators.',
            ].join('\n'),
          );
        },
        true,
      );
    });
}
