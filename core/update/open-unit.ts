import type { DeviceBench, KnownUnit } from '../device/update-target.ts';
import type { Clock } from '../ports.ts';

const LOOK_EVERY_MS = 100;
/** Somebody who only reads a unit is done within a moment. */
const MOST_LOOKS = 50;

/** Opens the unit at a position; one that is being read just now is waited for. Refuses as `DeviceBench.open`. */
export async function openUnit(
  bench: DeviceBench,
  clock: Clock,
  position: string,
  signal: AbortSignal,
  known?: KnownUnit,
): ReturnType<DeviceBench['open']> {
  for (let looks = 1; ; looks += 1) {
    const opened: Awaited<ReturnType<DeviceBench['open']>> = await bench.open(position, known);
    if (opened.ok || opened.code !== 'device.in-use' || looks === MOST_LOOKS || signal.aborted) return opened;
    await clock.sleep(LOOK_EVERY_MS);
  }
}
