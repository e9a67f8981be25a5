import type { Command } from 'commander';
import { IdleMinutes, type StationSettingsView } from '../../contract/schema/station.ts';
import type { HealthStatus, StationHealth } from '../../contract/schema/station-health.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { readWholeNumber } from '../option-value.ts';
import { printable } from '../terminal/printable.ts';
import { localTime, mark } from '../terminal/style.ts';

/** station health, rename, idle-time. */
export function addStation(program: Command): void {
  const station = program
    .command('station')
    .description('the station itself: its health, and what is set for all of it');

  station
    .command('health')
    .description('look at algorithms, database, audit log, clock, USB, disk and key; changes nothing')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const health = await run.call('station.health', {});
        run.print(health, () => describeHealth(health));
        if (health.status === 'failed') process.exitCode = ExitCode.notVerified;
      });
    });

  station
    .command('rename')
    .argument('<name>', 'what the station is called from now on')
    .description('give the station another name; its id and its key stay')
    .action(async (name: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const settings = await run.call('station.rename', { name });
        run.print(settings, () => describeSettings(settings));
      });
    });

  station
    .command('idle-time')
    .argument('<minutes>', 'how long a session may stand unused, 1 to 60', readWholeNumber(1, IDLE_MOST))
    .description('set when an unused session ends; counts for open sessions too')
    .action(async (idleMinutes: number, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const settings = await run.call('station.set-idle-time', { idleMinutes });
        run.print(settings, () => describeSettings(settings));
      });
    });
}

const IDLE_MOST = IdleMinutes.pipe[3].requirement;

const marks: Readonly<Record<HealthStatus, () => string>> = {
  passed: mark.passed,
  warning: mark.warning,
  failed: mark.refused,
};

function describeHealth({ checkedAt, checks }: StationHealth): string {
  return [
    `The station as it is, ${localTime(checkedAt)}`,
    ...checks.map(({ code, name, sentence, status }) =>
      [`${marks[status]()} ${name.padEnd(10)} ${printable(sentence)}`, ...(code === null ? [] : [`[${code}]`])].join(
        ' ',
      ),
    ),
  ].join('\n');
}

function describeSettings({ idleMinutes, name }: StationSettingsView): string {
  return `${mark.passed()} The station is called "${printable(name ?? '')}"; a session ends after ${idleMinutes} min without use.`;
}
