import type { Command } from 'commander';
import { PrintedName } from '../../contract/schema/session.ts';
import { refuse } from '../../contract/result.ts';
import { CommandRefused, CommandRun, type GlobalOptions } from '../command-run.ts';
import { groupedDigest, mark } from '../terminal/style.ts';
import { readAs, readUsername } from '../option-value.ts';
import { askNewPassword } from '../terminal/new-password.ts';

export function addInit(program: Command): void {
  program
    .command('init')
    .description('set up a station in the data folder, with its first administrator')
    .requiredOption('--name <name>', 'name of the station, as it stands on every report')
    .requiredOption('--username <username>', 'username of the first administrator', readUsername)
    .requiredOption(
      '--printed-name <name>',
      'the administrator’s name, as it is printed beside signatures',
      readAs(PrintedName),
    )
    .action(async (options: { name: string; username: string; printedName: string }, command: Command) => {
      await CommandRun.with(
        command.optsWithGlobals<GlobalOptions>(),
        async (run) => {
          const { name, username, printedName } = options;
          const { initialised, name: present } = await run.call('station.status', {});
          if (initialised)
            throw new CommandRefused(
              refuse('station.already-initialised', `This data folder already holds the station "${present ?? ''}".`),
            );
          const password = await askNewPassword(run.answers);
          const station = await run.call('station.initialise', {
            name,
            administrator: { username, printedName, password },
          });
          run.print(station, () =>
            [
              `${mark.passed()} Station "${name}" is set up; ${printedName} is its administrator.`,
              '  Its key, for your auditor, who verifies reports against it (drydock status shows it again):',
              `  ${groupedDigest(station.keySha256 ?? '')}`,
              '  Next: drydock login, then pin a trust anchor and make operators.',
            ].join('\n'),
          );
        },
        true,
      );
    });
}
