import { systemClock } from '../../core/system-clock.ts';
import { plugUnits } from './bench-units.ts';
import { makeImage, type Cell } from './cell.ts';
import { measureTogether, type HostTime, type Measurement } from './measurement.ts';
import { downloadByStation } from './station-download.ts';

/** The station alone, with the units in its own process: no kernel, no USB/IP, no emulation between them. Round 0 warms up. */
export async function measureInProcess(cell: Cell, rounds: number): Promise<Measurement> {
  const image = makeImage(cell.imageBytes);
  const { bus, devices } = plugUnits(cell, systemClock);
  const station: HostTime[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const handles = await bus.getDevices();
    await Promise.all(handles.map((device) => downloadByStation(device, image, systemClock)));
    const seen = devices.flatMap((device) => device.takeDownloads());
    if (round > 0) station.push(measureTogether(cell, seen));
  }
  return { cell, station, dfuUtil: [] };
}
