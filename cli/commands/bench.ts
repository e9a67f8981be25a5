import type { Command } from 'commander';
import { PlaceName } from '../../contract/schema/bench-place.ts';
import type { BenchPlace, BenchView } from '../../contract/schema/bench.ts';
import { Position, type BenchUnit } from '../../contract/schema/device.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readPlace, readWholeNumber } from '../option-value.ts';
import { mark } from '../terminal/style.ts';
import { addBenchLearn } from './bench-learn.ts';

const placeArgument = 'a port path, or the number or name of a place';
const readHub = readAs(Position, 'Give the port path of a hub, such as 1-2.');

/** bench show, name, forget, move, learn. */
export function addBench(program: Command): void {
  const bench = program.command('bench').description('the bench map: which USB port is which place of the bench');

  bench
    .command('show')
    .description('the places, and what stands there now')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const view = await run.call('bench.show', {});
        const units = await run.ask('device.list', {});
        run.print(view, () => describeBench(view, units.ok ? units.value : [], run));
      });
    });

  bench
    .command('name')
    .argument('<place>', placeArgument, readPlace)
    .argument('<name>', 'what it is called from now on, such as "Bench 3 left"', readAs(PlaceName))
    .option('--number <n>', 'the number on the bench, 1 to 16', readWholeNumber(1, 16))
    .description('give a port of the bench a name, or another one')
    .action(async (position: string, name: string, { number }: { number?: number }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const place = await run.call('bench.name', { position, name, ...(number === undefined ? {} : { number }) });
        run.print(place, () => `${mark.passed()} ${describe(place)}`);
      });
    });

  bench
    .command('forget')
    .argument('<place>', placeArgument, readPlace)
    .description('take a place off the map; units can be used there as before, by their port path')
    .action(async (position: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const place = await run.call('bench.forget', { position });
        run.print(place, () => `${mark.passed()} ${place.position} has no name any more (it was ${place.name}).`);
      });
    });

  bench
    .command('move')
    .argument('<from>', 'where the hub was', readHub)
    .argument('<to>', 'where it is now', readHub)
    .description('a hub is on another port: its places go with it')
    .action(async (from: string, to: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const places = await run.call('bench.move', { from, to });
        run.print(places, () => places.map((place) => `${mark.passed()} ${describe(place)}`).join('\n'));
      });
    });

  addBenchLearn(bench);
}

function describeBench({ places, moved }: BenchView, units: readonly BenchUnit[], run: CommandRun): string {
  if (places.length === 0) return `The bench has no map yet. Make one with: ${run.commandLine('bench learn')}`;
  const lines = places.map((place) => {
    const unit = units.find(({ position }) => position === place.position);
    return `${describe(place)}  ${unit === undefined ? '—' : (unit.serial ?? 'a unit without serial')}`;
  });
  if (moved === null) return lines.join('\n');
  const names = moved.places.map(({ name }) => name).join(', ');
  const hint = `It looks as if the hub at ${moved.from} is now at ${moved.to} (${names}). If so: ${run.commandLine(`bench move ${moved.from} ${moved.to}`)}; otherwise learn the bench again.`;
  return [...lines, `${mark.warning()} ${hint}`].join('\n');
}

function describe({ number, name, position }: BenchPlace): string {
  return `${String(number ?? '—').padStart(2)}  ${name.padEnd(24)} ${position}`;
}
