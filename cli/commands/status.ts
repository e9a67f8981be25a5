import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { groupedDigest } from '../terminal/style.ts';

/** status: the station, as anyone may see it before logging in. */
export function addStatus(program: Command): void {
  program
    .command('status')
    .description('the station: its name, its key, its version; needs no log-in')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const station = await run.call('station.status', {});
        run.print(station, () =>
          [
            station.initialised
              ? `Station "${station.name ?? ''}" (${station.id ?? ''})`
              : 'The station is not set up yet: drydock init',
            ...(station.keySha256 === null ? [] : [`  key      ${groupedDigest(station.keySha256)}`]),
            `  version  ${station.version}`,
            ...(station.training ? ['  training: the units are virtual, and every paper says so'] : []),
          ].join('\n'),
        );
      });
    });
}
