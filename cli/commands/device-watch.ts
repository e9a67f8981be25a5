import { once } from 'node:events';
import type { Command } from 'commander';
import type { DeviceEvent, StationEvent } from '../../contract/events.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { describeDeviceEvent, describeUnit } from '../terminal/describe-unit.ts';
import { untilStopped } from '../until-stopped.ts';

/** device watch. */
export function addDeviceWatch(device: Command): void {
  device
    .command('watch')
    .description('units as they come and go, until Ctrl-C; with --json an event a line')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), (run) =>
        untilStopped((stopped) => watchDevices(run, stopped, (text) => void process.stdout.write(text))),
      );
    });
}

/** What the watch needs of a command's run. */
export type WatchedStation = Pick<CommandRun, 'call' | 'subscribe' | 'wantsJson'>;

/** Prints what stands on the bench, then each arrival and departure. Ends with the signal. */
export async function watchDevices(
  run: WatchedStation,
  stopped: AbortSignal,
  write: (text: string) => void,
): Promise<void> {
  const tell = (event: DeviceEvent): void =>
    write(run.wantsJson ? `${JSON.stringify(event)}\n` : `${describeDeviceEvent(event)}\n`);
  const early: DeviceEvent[] = [];
  let hear = (event: DeviceEvent): void => void early.push(event);
  const unsubscribe = run.subscribe((event) => {
    if (isDeviceEvent(event)) hear(event);
  });
  try {
    const units = await run.call('device.watch', {});
    if (!run.wantsJson) write(units.length === 0 ? 'Nothing is plugged in yet.\n' : '');
    for (const unit of units) {
      if (run.wantsJson) tell({ type: 'device.arrived', unit });
      else write(`  ${describeUnit(unit)}\n`);
    }
    // The list tells of these arrivals already.
    const listed = new Set(units.map((unit) => JSON.stringify(unit)));
    early.filter((event) => event.type !== 'device.arrived' || !listed.has(JSON.stringify(event.unit))).forEach(tell);
    hear = tell;
    if (!stopped.aborted) await once(stopped, 'abort');
  } finally {
    unsubscribe();
  }
}

export function isDeviceEvent(event: StationEvent): event is DeviceEvent {
  return event.type.startsWith('device.');
}
