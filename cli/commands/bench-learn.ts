import { EventEmitter, on } from 'node:events';
import type { Command } from 'commander';
import type { DeviceEvent } from '../../contract/events.ts';
import { BenchLearner, type LearnStep } from '../bench-learner.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readWholeNumber } from '../option-value.ts';
import { mark, paint } from '../terminal/style.ts';
import { untilStopped } from '../until-stopped.ts';
import { UsageError } from '../usage-error.ts';
import { isDeviceEvent, type WatchedStation } from './device-watch.ts';

/** As many places as the contract has numbers for. */
const MOST_PLACES = 16;

export interface LearnOptions {
  readonly from: number;
  readonly places: number;
  readonly name?: string;
}

/** bench learn. */
export function addBenchLearn(bench: Command): void {
  const number = readWholeNumber(1, MOST_PLACES);
  bench
    .command('learn')
    .description('learn the ports of the bench: plug one unit in after another, place by place')
    .option('--places <n>', 'how many', number, 8)
    .option('--from <n>', 'the number of the first', number, 1)
    .option('--name <text>', 'what they are called, # for the number, such as "Bench #"; left out: as before')
    .action(async (options: LearnOptions, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), (run) =>
        untilStopped((stopped) => learnBench(run, options, stopped, (text) => void process.stdout.write(text))),
      );
    });
}

/** Ends when all places are learned, or with the signal; what was learned until then stays. */
export async function learnBench(
  run: WatchedStation,
  { from, places: count, name }: LearnOptions,
  stopped: AbortSignal,
  write: (text: string) => void,
): Promise<void> {
  if (from + count - 1 > MOST_PLACES) throw new UsageError(`The last place has number ${MOST_PLACES}; give fewer.`);
  if (name !== undefined && count > 1 && !name.includes('#'))
    throw new UsageError('Give # in the name, where the number of the place goes.');
  const heard = new EventEmitter();
  const events = on(heard, 'device', { signal: stopped });
  const occupied = await run.call('device.watch', {});
  const unsubscribe = run.subscribe((event) => {
    if (isDeviceEvent(event)) heard.emit('device', event);
  });
  try {
    const learner = new BenchLearner({
      from,
      count,
      occupied: occupied.map(({ position }) => position),
      learn: (number, position) =>
        run.call('bench.learn', { number, position, name: name?.replaceAll('#', String(number)) ?? null }),
      say: (step) => write(run.wantsJson ? `${JSON.stringify(step)}\n` : `${describeStep(step)}\n`),
    });
    learner.begin();
    for await (const [event] of events as AsyncIterable<[DeviceEvent]>) {
      await learner.take(event);
      if (learner.isDone) break;
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    if (!run.wantsJson) write('\nStopped; the places above are learned.\n');
  } finally {
    unsubscribe();
  }
}

function describeStep(step: LearnStep): string {
  switch (step.step) {
    case 'plug':
      return `${mark.working()} Plug a unit into place ${step.number} now …  ${paint('gray', 'Ctrl-C ends')}`;
    case 'learned':
      return `${mark.passed()} ${step.place.name} is port ${step.place.position} (${step.unit.serial ?? step.unit.profile ?? 'a unit'}).`;
    case 'again':
      return `  That is ${step.place.name} (${step.place.position}) again; take the next port.`;
    case 'occupied':
      return `${mark.warning()} At ${step.unit.position} something was plugged in already; unplug it, and plug it in again when its place is asked for.`;
  }
}
